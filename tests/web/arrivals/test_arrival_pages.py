"""Somebody who comes with an export brings it on the page, part by part, and sees what became of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from opsystem.control.businesses.directory import business_numbered, memberships_of
from opsystem.control.hosting.places import place_of
from opsystem.lifecycle.importing import lane
from opsystem.lifecycle.importing.receiving import LARGEST_PART
from opsystem.lifecycle.opening import close_idle_vault, vault_in_use
from tests.control.people import new_person
from tests.lifecycle.exporting.filled import packed
from tests.lifecycle.office import Office, browser_of

PART = 20_000


def send(browser: Client, home: str, data: bytes) -> None:
    """Send an archive as the page's script does."""
    begun = browser.post(f"{home}/begin", {"size": len(data)}).json()
    assert begun["part"] == LARGEST_PART
    at = begun["next"]
    while at < len(data):
        answer = browser.post(
            f"{home}/{begun['arrival']}/{at}", data[at : at + PART], content_type="application/octet-stream"
        )
        at = answer.json()["next"]


def work(number: int) -> None:
    """Do what the worker does."""
    with vault_in_use(place_of(business_numbered(number).pk).vault_id) as vault:
        lane.run(vault, number, lambda: True)


@pytest.mark.parametrize("damaged", [False, True])
def test_carl_brings_an_export(filled: Office, *, damaged: bool) -> None:
    data = bytearray(packed(filled.vault))
    if damaged:
        data[len(data) // 3] ^= 1
    carl = new_person("Carl")
    browser = browser_of(carl)
    assert "another OpSystem" in browser.get("/start").content.decode()
    assert "Make room for it" in browser.get("/start/archive").content.decode()
    home = browser.post("/start/archive", {"request_id": "once"})["Location"]
    assert browser.post("/start/archive", {"request_id": "once"})["Location"] == home
    number = int(re.search(r"/b/(\d+)/", home)[1])  # type: ignore[index]
    assert "Send export" in browser.get(home).content.decode()
    send(browser, home, bytes(data))
    assert "It begins in a moment" in browser.get(home).content.decode()
    work(number)
    page = browser.get(home).content.decode()
    if damaged:
        assert "is not taken in" in page
        assert "Send export" in page
    else:
        assert "Everything is here" in page
        assert "Ana Ruiz" in browser.get(f"/b/{number}/clients").content.decode()
        assert memberships_of(carl)[0].business.name == "Hurley Plumbing"
    close_idle_vault(place_of(memberships_of(carl)[0].business_id).vault_id)


def test_an_upload_that_broke_off_goes_on_and_what_does_not_fit_is_told(office: Office) -> None:
    alice, home = browser_of(office.alice), office.path("start/archive")
    assert alice.post(f"{home}/{10**40}/0", b"a", content_type="application/octet-stream").status_code == 404
    begun = alice.post(f"{home}/begin", {"size": 100}).json()
    part = f"{home}/{begun['arrival']}"

    def put(at: int, data: bytes) -> tuple[int, dict[str, object]]:
        answer = alice.post(f"{part}/{at}", data, content_type="application/octet-stream")
        return answer.status_code, answer.json()

    assert put(0, b"a" * 40) == (200, {"next": 40})
    assert "were sent. Choose the same file to go on." in alice.get(home).content.decode()
    assert put(50, b"a")[0] == 409
    assert put(40, b"a" * 61)[0] == 409
    assert put(40, bytes(LARGEST_PART + 1))[0] == 413
    alice.post(f"{home}/drop")
    assert put(40, b"a")[0] == 404
    assert alice.post(f"{home}/begin", {"size": "-1"}).status_code in {303, 422}


def test_nobody_but_an_owner_brings_anything(office: Office) -> None:
    dana, carl = browser_of(office.hire("Dana", "admin")), browser_of(new_person("Carl"))
    for rest in ("begin", "1/0", "drop"):
        assert dana.post(office.path(f"start/archive/{rest}")).status_code == 403
        assert carl.post(office.path(f"start/archive/{rest}")).status_code == 404


def test_a_business_that_has_something_is_told_before_anything_is_sent(filled: Office) -> None:
    answer = browser_of(filled.alice).post(
        filled.path("start/archive/begin"), {"size": 100}, headers={"X-Upload": "1"}
    )
    assert answer.status_code == 409
    assert "something in it already" in answer.content.decode()
