"""Devices: where a person is signed in, and how one is signed out from afar."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from opsystem.control.accounts.models import Person
from opsystem.control.audit.models import Event
from opsystem.web.accounts.context import device_name
from tests.control.people import PASSWORD, new_person
from tests.web.accounts.mailbox import Mailbox

_END = re.compile(r'action="(/account/sessions/\d+/end)"')


@pytest.fixture
def devices(new_browser: Callable[[], Client], mailbox: Mailbox) -> tuple[Person, list[Client]]:  # noqa: ARG001
    alice = new_person("Alice", password=PASSWORD)
    browsers = [new_browser() for _ in range(3)]
    for browser in browsers:
        browser.post("/in", {"login": alice.email, "password": PASSWORD})
    return alice, browsers


def signed_in(browsers: list[Client]) -> list[bool]:
    return [browser.get("/account").status_code == 200 for browser in browsers]


def test_one_device_is_signed_out_at_once_and_the_others_stay(devices: tuple[Person, list[Client]]) -> None:
    alice, browsers = devices
    page = browsers[0].get("/account/sessions").content.decode()
    assert page.count("Firefox on Linux") == 3
    assert page.count("This device") == 1
    ends = _END.findall(page)
    assert len(ends) == 2
    browsers[0].post(ends[0])
    assert sorted(signed_in(browsers)) == [False, True, True]
    assert signed_in(browsers)[0]
    assert Event.objects.filter(actor_id=alice.pk, action="session.revoked").count() == 1


def test_all_other_devices_are_signed_out_together(devices: tuple[Person, list[Client]]) -> None:
    _, browsers = devices
    browsers[1].post("/account/sessions")
    assert signed_in(browsers) == [False, True, False]


def test_carl_cannot_sign_alices_devices_out(
    devices: tuple[Person, list[Client]], new_browser: Callable[[], Client]
) -> None:
    _, browsers = devices
    carl = new_person("Carl", password=PASSWORD)
    browser = new_browser()
    browser.post("/in", {"login": carl.email, "password": PASSWORD})
    for end in _END.findall(browsers[0].get("/account/sessions").content.decode()):
        assert browser.post(end).status_code == 404
    assert signed_in(browsers) == [True, True, True]


def test_a_closed_account_is_signed_out_everywhere(devices: tuple[Person, list[Client]]) -> None:
    alice, browsers = devices
    Person.objects.filter(pk=alice.pk).update(is_active=False)
    assert signed_in(browsers) == [False, False, False]


_CHROMIUM = "AppleWebKit/537.36 Chrome/156.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROMIUM} Edg/156.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 16) {_CHROMIUM}", "Chrome on Android"),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_is_called_as_people_call_it(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
