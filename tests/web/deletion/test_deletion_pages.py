"""An owner deletes the business from a page, may take it back, and finds the certificate afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from opsystem.control.hosting.deletions import deletion_of
from opsystem.control.hosting.models import Deletion
from opsystem.control.hosting.places import place_of
from opsystem.kit import clock
from opsystem.lifecycle.provisioning import start_business
from opsystem.lifecycle.shredding import checking, performing
from opsystem.lifecycle.shredding.certificate import public_key
from tests.control.people import new_person
from tests.lifecycle.office import Office, browser_of
from tests.web.fresh import fresh_browser

HERE = "settings/delete"


@pytest.fixture(autouse=True)
def nothing_left(installation: object) -> Iterator[None]:  # noqa: ARG001
    """Take back what a test asked for."""
    yield
    Deletion.objects.filter(finished_at=None).delete()


def test_alice_asks_with_the_name_and_takes_it_back(office: Office) -> None:
    alice = fresh_browser(office.alice)
    assert "Delete Hurley Plumbing" in alice.get(office.path(HERE)).content.decode()
    wrong = alice.post(office.path(HERE), {"typed": "hurley"})
    assert wrong.status_code == 422
    assert "Type Hurley Plumbing" in wrong.content.decode()
    assert deletion_of(office.vault.id) is None

    assert alice.post(office.path(HERE), {"typed": "Hurley Plumbing"})["Location"] == office.path(HERE)
    asked = deletion_of(office.vault.id)
    assert asked is not None
    shown = alice.get(office.path(HERE)).content.decode()
    assert f"/deletion/{asked.link}" in shown
    assert "Keep this business" in shown
    assert "will be deleted" in Client(HTTP_HOST="localhost").get(f"/deletion/{asked.link}").content.decode()

    alice.post(office.path(f"{HERE}/keep"))
    assert deletion_of(office.vault.id) is None
    assert Client(HTTP_HOST="localhost").get(f"/deletion/{asked.link}").status_code == 404


def test_an_old_sign_in_must_be_renewed_first(office: Office) -> None:
    alice = fresh_browser(office.alice, seconds_ago=3600)
    sent = alice.post(office.path(HERE), {"typed": "Hurley Plumbing"})
    assert sent["Location"].startswith("/in?next=")  # Alice has no password: a code again
    assert deletion_of(office.vault.id) is None


@pytest.mark.parametrize("role", ["admin", "office", "technician"])
def test_nobody_but_an_owner_may(office: Office, role: str) -> None:
    browser = fresh_browser(office.hire("Bob", role))
    assert browser.get(office.path(HERE)).status_code == 403
    assert browser.post(office.path(HERE), {"typed": "Hurley Plumbing"}).status_code in {303, 403}
    assert deletion_of(office.vault.id) is None
    assert browser_of(new_person("Carl")).get(office.path(HERE)).status_code == 404


def test_the_certificate_is_there_for_whoever_has_the_link_and_the_script_agrees() -> None:
    alice = new_person("Alice")
    business = start_business(alice, name="Old Roofing", phone="+12285550142", website="", industry="roofing")
    browser, vault_id = fresh_browser(alice), place_of(business.pk).vault_id
    browser.post(f"/b/{business.number}/{HERE}", {"typed": "Old Roofing"})
    Deletion.objects.filter(vault_id=vault_id).update(due_at=clock.now())
    performing.delete_what_is_due()

    assert browser.get(f"/b/{business.number}/").status_code == 404
    link = Deletion.objects.get(vault_id=vault_id).link
    stranger = Client(HTTP_HOST="localhost")
    assert "Certificate of deletion" in stranger.get(f"/deletion/{link}").content.decode()
    file = stranger.get(f"/deletion/{link}/certificate.json")
    assert file["Content-Disposition"].endswith(f'deletion-{business.number}.json"')
    certificate = json.loads(file.content)
    assert checking.problems_of(certificate, public_key(), vault_id) == []
    assert b"Old Roofing" not in file.content
    assert stranger.get(f"/deletion/{link[:-1]}").status_code == 404
    assert stranger.get("/deletion/certificate.json").status_code == 404


def test_how_deletion_works_is_explained_to_everybody() -> None:
    page = Client(HTTP_HOST="localhost").get("/deletion").content.decode()
    assert public_key() in page
    assert "72 hours" in page
    script = Client(HTTP_HOST="localhost").get("/deletion/check_deletion.py")
    assert script.content.startswith(b"#!/usr/bin/env python3")
