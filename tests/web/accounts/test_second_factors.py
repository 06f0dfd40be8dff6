"""A second step at sign-in: authenticator app, recovery codes. Passkeys are tried in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from opsystem.control.accounts.models import Person
from opsystem.control.audit.models import Event
from opsystem.control.usage.models import SignIn
from tests.control.people import PASSWORD, new_person
from tests.web.accounts.mailbox import Mailbox

_SECRET = re.compile(r'<op-copy class="copy" text="([A-Z2-7 ]+)"')
_RECOVERY = re.compile(r"<code>(\d+)</code>")


def totp(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def reach(browser: Client, path: str) -> str:
    """Open a page of the own account, confirming the password when it is asked for."""
    page = browser.get(path)
    if page.status_code == 302:
        browser.post(page["Location"], {"password": PASSWORD, "next": path})
        page = browser.get(path)
    assert page.status_code == 200
    return page.content.decode()


def set_up(browser: Client) -> tuple[str, list[str]]:
    """Set up an authenticator app; answers its secret and the recovery codes."""
    found = _SECRET.search(reach(browser, "/account/app"))
    assert found
    secret = found[1].replace(" ", "")
    assert browser.post("/account/app", {"code": totp(secret)})["Location"] == "/account/codes"
    return secret, _RECOVERY.findall(browser.get("/account/codes").content.decode())


@pytest.fixture
def alice(mailbox: Mailbox) -> Person:  # noqa: ARG001 - letters about her must arrive somewhere
    return new_person("Alice", password=PASSWORD)


@pytest.fixture
def signed_in(browser: Client, alice: Person) -> Client:
    browser.post("/in", {"login": alice.email, "password": PASSWORD})
    return browser


def test_setting_up_an_app_asks_for_the_password_and_tells_by_mail(
    signed_in: Client, alice: Person, mailbox: Mailbox
) -> None:
    assert signed_in.get("/account/app")["Location"].startswith("/account/confirm?")
    _, codes = set_up(signed_in)
    assert len(codes) == 10
    subjects = [mail["subject"] for mail in mailbox.mails(alice.email)]
    assert "Your authenticator app is set up" in subjects
    assert Event.objects.filter(actor_id=alice.pk, action="second_factor.added").count() == 2


def test_the_picture_is_part_of_the_page_and_needs_no_data_address(signed_in: Client) -> None:
    page = reach(signed_in, "/account/app")
    assert re.search(r'<svg width="200" height="200" role="img" aria-label=.*<path', page, re.DOTALL)
    assert "data:" not in page
    assert "<?xml" not in page
    assert "style=" not in page


def test_signing_in_then_needs_the_app(
    signed_in: Client, new_browser: Callable[[], Client], alice: Person
) -> None:
    secret, _ = set_up(signed_in)
    browser = new_browser()
    assert browser.post("/in", {"login": alice.email, "password": PASSWORD})["Location"] == "/in/second-step"
    assert browser.get("/account").status_code == 302
    wrong = browser.post("/in/second-step", {"code": "000000"})
    assert "This code is not right." in wrong.content.decode()
    assert browser.post("/in/second-step", {"code": totp(secret, 1)})["Location"] == "/businesses"
    assert browser.get("/account").status_code == 200
    assert SignIn.objects.filter(person=alice).latest("pk").method == "password+totp"
    assert Event.objects.filter(actor_id=alice.pk, result="second factor").exists()


def test_a_code_of_the_app_serves_once(
    signed_in: Client, new_browser: Callable[[], Client], alice: Person
) -> None:
    secret, _ = set_up(signed_in)
    code = totp(secret, 1)
    for attempt, expected in enumerate((302, 200)):
        browser = new_browser()
        browser.post("/in", {"login": alice.email, "password": PASSWORD})
        assert browser.post("/in/second-step", {"code": code}).status_code == expected, attempt


def test_a_code_by_mail_does_not_go_round_the_app(
    signed_in: Client, new_browser: Callable[[], Client], alice: Person, mailbox: Mailbox
) -> None:
    set_up(signed_in)
    browser = new_browser()
    browser.post("/in/code", {"email": alice.email})
    browser.post("/in/code/confirm", {"code": mailbox.code(alice.email)})
    assert browser.get("/account").status_code == 302
    assert browser.get("/in/second-step").status_code == 200


def test_a_recovery_code_signs_in_once(
    signed_in: Client, new_browser: Callable[[], Client], alice: Person
) -> None:
    _, codes = set_up(signed_in)
    for expected in (302, 200):
        browser = new_browser()
        browser.post("/in", {"login": alice.email, "password": PASSWORD})
        assert browser.post("/in/second-step", {"code": codes[0]}).status_code == expected


def test_recovery_codes_are_shown_one_time_and_can_be_renewed(signed_in: Client) -> None:
    old = set_up(signed_in)[1]
    again = signed_in.get("/account/codes").content.decode()
    assert not _RECOVERY.findall(again)
    signed_in.post("/account/codes/new")
    new = _RECOVERY.findall(signed_in.get("/account/codes").content.decode())
    assert len(new) == 10
    assert not set(old) & set(new)


def test_secrets_of_second_factors_stand_encrypted_in_the_database(signed_in: Client, alice: Person) -> None:
    secret, codes = set_up(signed_in)
    stored = str(list(Authenticator.objects.filter(user=alice).values_list("data", flat=True)))
    assert secret not in stored
    assert not [code for code in codes if code in stored]


def test_removing_the_app_removes_the_second_step(
    signed_in: Client, new_browser: Callable[[], Client], alice: Person, mailbox: Mailbox
) -> None:
    set_up(signed_in)
    assert "Remove app" in reach(signed_in, "/account/app/remove")
    signed_in.post("/account/app/remove")
    assert mailbox.newest(alice.email)["subject"] == "Your authenticator app was removed"
    browser = new_browser()
    assert browser.post("/in", {"login": alice.email, "password": PASSWORD})["Location"] == "/businesses"


def test_guessing_codes_is_limited(
    signed_in: Client, new_browser: Callable[[], Client], alice: Person
) -> None:
    secret, _ = set_up(signed_in)
    browser = new_browser()
    browser.post("/in", {"login": alice.email, "password": PASSWORD})
    for _ in range(10):
        browser.post("/in/second-step", {"code": "000000"})
    late = browser.post("/in/second-step", {"code": totp(secret, 1)})
    assert "tried too often" in late.content.decode()
