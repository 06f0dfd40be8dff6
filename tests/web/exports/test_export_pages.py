"""The download is prepared, watched, and fetched by a link that works once, after a fresh sign-in."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from sqlalchemy import select

from opsystem.business.clients.operations import add_client
from opsystem.business.exports.models import Export
from opsystem.control.audit.models import Event
from opsystem.kit import clock
from opsystem.lifecycle.exporting import lane
from tests.control.people import new_person
from tests.lifecycle.office import Office
from tests.web.fresh import fresh_browser

HOME = "settings/download"


def work(office: Office) -> None:
    """Do what the worker does."""
    lane.run(office.vault, office.number, lambda: True)


def newest(office: Office) -> Export:
    with office.vault.reading() as session:
        row = session.scalar(select(Export).order_by(Export.id.desc()).limit(1))
    assert row is not None
    return row


@pytest.fixture
def alice(office: Office) -> Client:
    add_client.perform(office.vault, office.actor(office.alice), {"name": "Ana Ruiz"})
    return fresh_browser(office.alice)


def prepared(office: Office, alice: Client) -> str:
    """Have a download prepared and return the path of its link."""
    assert alice.post(office.path(f"{HOME}/prepare"))["Location"] == office.path(HOME)
    work(office)
    return str(alice.post(office.path(f"{HOME}/link"))["Location"])


def test_alice_prepares_and_fetches_everything(office: Office, alice: Client) -> None:
    assert "Prepare download" in alice.get(office.path(HOME)).content.decode()
    alice.post(office.path(f"{HOME}/prepare"))
    assert "It begins in a moment" in alice.get(office.path(HOME)).content.decode()
    work(office)
    assert "Download ZIP" in alice.get(office.path(HOME)).content.decode()
    answer = alice.get(alice.post(office.path(f"{HOME}/link"))["Location"])
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="Hurley Plumbing 20')
    data = answer.getvalue()
    assert len(data) == int(answer["Content-Length"])
    assert "Clients/Ana Ruiz (C-1)/index.html" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    actions = Event.objects.filter(business_id=office.business.pk).values_list("action", flat=True)
    assert {"vault.export_asked", "vault.exported"} <= set(actions)


def test_a_link_is_spent_when_the_last_byte_has_left_and_the_file_goes(office: Office, alice: Client) -> None:
    link = prepared(office, alice)
    alice.get(link).getvalue()
    assert alice.get(link).status_code == 404
    assert newest(office).state == "fetched"
    again = alice.post(office.path(f"{HOME}/link"))["Location"]  # its last bytes may have been lost
    assert alice.get(again).status_code == 200
    over(office)
    assert newest(office).state == "gone"
    assert list(office.vault.parcels.ids()) == []
    assert alice.get(again).status_code == 404


def over(office: Office) -> None:
    """Let the time of the export be over."""
    with office.vault.mechanics() as session:
        row = session.scalars(select(Export)).one()
        row.expires_at = clock.now() - timedelta(seconds=1)
    work(office)


def test_a_download_that_breaks_off_goes_on_where_it_was(office: Office, alice: Client) -> None:
    link = prepared(office, alice)
    whole = newest(office).size
    first = alice.get(link, headers={"Range": "bytes=0-999"})
    tag = first["ETag"]
    assert (first.status_code, first["Content-Range"]) == (206, f"bytes 0-999/{whole}")
    data = first.getvalue()
    broken = alice.get(link, headers={"Range": "bytes=1000-", "If-Range": tag})
    broken.close()
    rest = alice.get(link, headers={"Range": "bytes=1000-", "If-Range": tag})
    data += rest.getvalue()
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert alice.get(link).status_code == 404


def test_only_the_end_does_not_spend_the_link_and_odd_ranges_are_answered(
    office: Office, alice: Client
) -> None:
    link = prepared(office, alice)
    whole = newest(office).size
    assert alice.get(link, headers={"Range": f"bytes={whole - 5}-"}).getvalue()[-5:]
    assert alice.get(link, headers={"Range": f"bytes={whole}-"}).status_code == 416
    assert alice.get(link, headers={"Range": "bytes=9-3"}).status_code == 416
    head = alice.head(link)
    assert (head.status_code, head["Content-Length"]) == (200, str(whole))
    other = alice.get(link, headers={"Range": "bytes=5-", "If-Range": '"another"'})
    assert other.status_code == 200
    other.close()


@pytest.mark.parametrize("rest", ["prepare", "link"])
def test_an_old_sign_in_is_asked_again(office: Office, rest: str) -> None:
    for password, way in (("", "/in?next="), ("long enough 41", "/account/confirm?next=")):
        if password:
            office.alice.set_password(password)
            office.alice.save()
        alice = fresh_browser(office.alice, seconds_ago=3600)
        assert "Confirm it is you" in alice.get(office.path(HOME)).content.decode()
        assert alice.post(office.path(f"{HOME}/{rest}"))["Location"].startswith(way)


def test_a_link_is_known_by_its_hash_only_and_a_new_one_ends_it(office: Office, alice: Client) -> None:
    first = prepared(office, alice)
    word = first.rpartition("/")[2]
    assert word not in str(vars(newest(office)))
    second = alice.post(office.path(f"{HOME}/link"))["Location"]
    assert (alice.get(first).status_code, alice.get(second).status_code) == (404, 200)


def test_a_worker_that_dies_leaves_nothing_half_done(office: Office, alice: Client) -> None:
    alice.post(office.path(f"{HOME}/prepare"))
    with office.vault.mechanics() as session:  # as a worker leaves it that was killed on the way
        row = session.scalars(select(Export)).one()
        row.state, row.tries = "making", 1
    office.vault.parcels.write([b"half"], limit=10)
    work(office)
    assert newest(office).state == "ready"
    assert list(office.vault.parcels.ids()) == [newest(office).content_id]


def test_discarding_removes_it_and_stops_what_is_on_its_way(office: Office, alice: Client) -> None:
    prepared(office, alice)
    alice.post(office.path(f"{HOME}/discard"))
    work(office)
    assert list(office.vault.parcels.ids()) == []
    assert "Prepare download" in alice.get(office.path(HOME)).content.decode()


@pytest.mark.parametrize("rest", ["", "/prepare", "/discard", "/link", "/file/word"])
def test_nobody_else_comes_near(office: Office, rest: str) -> None:
    method: dict[str, Any] = {"": "get", "/file/word": "get"}
    for browser, status in (
        (fresh_browser(office.hire("Dana", "admin")), 403),
        (fresh_browser(new_person("Carl")), 404),
        (Client(HTTP_HOST="localhost"), 303),
    ):
        send = getattr(browser, method.get(rest, "post"))
        answer = send(office.path(HOME + rest))
        assert answer.status_code == status
        assert "Location" not in answer or answer["Location"].startswith("/in?")
