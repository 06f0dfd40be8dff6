"""The download page says what comes, and gives it."""

from __future__ import annotations

import io
import zipfile

from django.test import Client

from opsystem.business.clients.operations import add_client
from opsystem.control.audit.models import Event
from tests.control.people import new_person
from tests.lifecycle.office import Office, browser_of


def test_alice_downloads_everything(office: Office) -> None:
    add_client.perform(office.vault, office.actor(office.alice), {"name": "Ana Ruiz"})
    alice = browser_of(office.alice)
    page = alice.get(office.path("settings/download")).content.decode()
    assert office.path("settings/download/everything.zip") in page
    assert "Clients.csv" in page
    answer = alice.get(office.path("settings/download/everything.zip"))
    assert answer.streaming
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="Hurley Plumbing 20')
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert "Clients/Ana Ruiz (C-1)/index.html" in archive.namelist()
    assert Event.objects.filter(business_id=office.business.pk, action="vault.exported").count() == 1


def test_a_download_broken_off_lets_the_vault_go(office: Office) -> None:
    answer = browser_of(office.alice).get(office.path("settings/download/everything.zip"))
    next(iter(answer))
    answer.close()
    office.vault.check()  # still ours


def test_an_admin_is_shown_no_download(office: Office) -> None:
    dana = browser_of(office.hire("Dana", "admin"))
    assert "Download everything" not in dana.get(office.path("settings")).content.decode()
    for rest in ("settings/download", "settings/download/everything.zip"):
        assert dana.get(office.path(rest)).status_code == 403


def test_without_signing_in_nothing_is_given(office: Office) -> None:
    nobody = Client(HTTP_HOST="localhost")
    assert nobody.get(office.path("settings/download/everything.zip"))["Location"].startswith("/in?")
    assert browser_of(new_person("Carl")).get(office.path("settings/download")).status_code == 404
