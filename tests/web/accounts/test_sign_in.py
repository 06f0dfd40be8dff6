"""Signing in by password or code, getting a new password, and what is limited and noted of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from opsystem.control.accounts.models import Person
from opsystem.control.accounts.sessions import key_of
from opsystem.control.audit.models import Event
from opsystem.control.usage.models import SignIn
from tests.control.people import PASSWORD, browser_of, new_business, new_person
from tests.web.accounts.mailbox import Mailbox

NEW_PASSWORD = "another four word line"


@pytest.fixture
def alice(mailbox: Mailbox) -> Person:  # noqa: ARG001 - letters about her must arrive somewhere
    return new_person("Alice", password=PASSWORD)


def sign_in(browser: Client, person: Person, password: str = PASSWORD) -> None:
    answer = browser.post("/in", {"login": person.email, "password": password})
    assert answer.status_code == 302, answer.content.decode()


def is_signed_in(browser: Client) -> bool:
    return browser.get("/account").status_code == 200


def test_a_password_signs_in_and_leads_to_the_one_business(browser: Client, alice: Person) -> None:
    business = new_business(alice)
    sign_in(browser, alice)
    assert browser.get("/businesses")["Location"] == f"/b/{business.number}/"
    assert "Hurley Plumbing" in browser.get("/businesses?all").content.decode()


def test_a_person_of_several_businesses_chooses(browser: Client, alice: Person) -> None:
    for name in ("Hurley Plumbing", "Moss Gardens"):
        new_business(alice, name)
    sign_in(browser, alice)
    page = browser.get("/businesses").content.decode()
    assert page.index("Hurley Plumbing") < page.index("Moss Gardens")


def test_a_sign_in_is_noted_with_time_address_and_way(browser: Client, alice: Person) -> None:
    sign_in(browser, alice)
    noted = SignIn.objects.get(person=alice)
    assert (noted.ip, noted.method) == ("127.0.0.1", "password")
    assert Event.objects.filter(actor_id=alice.pk, action="person.signed_in", result="password").exists()


def test_the_session_is_a_new_one_and_the_server_keeps_only_its_hash(browser: Client, alice: Person) -> None:
    browser.get("/in")
    before = browser.cookies["__Host-session"].value
    sign_in(browser, alice)
    after = browser.cookies["__Host-session"].value
    assert before != after
    stolen = Client(HTTP_HOST="localhost")
    stolen.cookies["__Host-session"] = key_of(after)
    assert Session.objects.filter(session_key=key_of(after)).exists()
    assert not Session.objects.filter(session_key=after).exists()
    assert not is_signed_in(stolen)
    assert is_signed_in(browser)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    new_browser: Callable[[], Client], alice: Person
) -> None:
    pages = []
    for email in (alice.email, "nobody@mail.example"):
        answer = new_browser().post("/in", {"login": email, "password": "not this one at all"})
        page = answer.content.decode().replace(email, "ADDRESS")
        pages.append(re.sub(r'Token": "\w+"|Token" value="\w+"|token" value="\w+"|[0-9a-f-]{36}', "", page))
    assert pages[0] == pages[1]
    assert "do not belong together" in pages[0]
    assert Event.objects.filter(actor_id=alice.pk, action="person.sign_in_refused").count() == 1


def test_ten_wrong_passwords_an_hour_close_the_password_way_but_not_the_code(
    new_browser: Callable[[], Client], alice: Person, mailbox: Mailbox
) -> None:
    for _ in range(10):
        page = new_browser().post("/in", {"login": alice.email, "password": "not this one at all"})
        assert "do not belong together" in page.content.decode()
    right = new_browser().post("/in", {"login": alice.email, "password": PASSWORD})
    assert "tried too often" in right.content.decode()
    browser = new_browser()
    browser.post("/in/code", {"email": alice.email})
    browser.post("/in/code/confirm", {"code": mailbox.code(alice.email)})
    assert is_signed_in(browser)


def test_an_address_that_tries_many_accounts_is_slowed_down(new_browser: Callable[[], Client]) -> None:
    answers = [
        new_browser().post("/in", {"login": f"nobody-{number}@mail.example", "password": "x" * 14})
        for number in range(31)
    ]
    assert [answer.status_code for answer in answers][-1] == 429
    assert "no-store" in answers[-1]["Cache-Control"]


def test_a_code_by_mail_signs_in(browser: Client, alice: Person, mailbox: Mailbox) -> None:
    assert browser.post("/in/code", {"email": alice.email})["Location"] == "/in/code/confirm"
    code = mailbox.code(alice.email)
    assert browser.post("/in/code/confirm", {"code": code.lower()})["Location"] == "/businesses"
    assert SignIn.objects.get(person=alice).method == "code"


def test_asking_for_a_code_does_not_tell_whether_the_address_is_known(
    new_browser: Callable[[], Client], alice: Person, mailbox: Mailbox
) -> None:
    pages = []
    for email in (alice.email, "nobody-at-all@mail.example"):
        browser = new_browser()
        sent = browser.post("/in/code", {"email": email})
        page = browser.get("/in/code/confirm").content.decode().replace(email, "ADDRESS")
        pages.append((sent["Location"], re.sub(r'Token": "\w+"|value="\w+"|[0-9a-f-]{36}', "", page)))
    assert pages[0] == pages[1]
    assert mailbox.newest("nobody-at-all@mail.example")["subject"] == "There is no account with this address"


def test_a_new_password_by_code_replaces_the_old_and_is_told_by_mail(
    browser: Client, alice: Person, mailbox: Mailbox
) -> None:
    browser.post("/password/forgotten", {"email": alice.email})
    browser.post("/password/code", {"code": mailbox.code(alice.email)})
    weak = browser.post("/password/new", {"password1": "password1234", "password2": "password1234"})
    assert "too common" in weak.content.decode()
    done = browser.post("/password/new", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done["Location"] == "/password/done"
    assert mailbox.newest(alice.email)["subject"] == "You have a new password"
    sign_in(browser, alice, NEW_PASSWORD)
    assert Event.objects.filter(actor_id=alice.pk, action="password.reset").exists()


def test_a_new_password_asks_the_same_of_known_and_unknown_addresses(
    new_browser: Callable[[], Client], alice: Person
) -> None:
    answers = []
    for email in (alice.email, "nobody-else@mail.example"):
        browser = new_browser()
        sent = browser.post("/password/forgotten", {"email": email})
        answers.append((sent["Location"], browser.get("/password/code").status_code))
    assert answers[0] == answers[1] == ("/password/code", 200)


def test_a_changed_password_asks_for_the_present_one_first_and_ends_other_sessions(
    browser: Client, alice: Person
) -> None:
    elsewhere = browser_of(alice)
    assert is_signed_in(elsewhere)
    sign_in(browser, alice)
    change = {"oldpassword": "not this", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = browser.post("/account/password", change)
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    if answer.status_code == 302:
        browser.post(answer["Location"], {"password": PASSWORD})
    browser.post("/account/password", {**change, "oldpassword": PASSWORD})
    alice.refresh_from_db()
    assert alice.check_password(NEW_PASSWORD)
    assert is_signed_in(browser)
    assert not is_signed_in(elsewhere)


def test_signing_out_ends_the_session_on_the_server(browser: Client, alice: Person) -> None:
    sign_in(browser, alice)
    token = browser.cookies["__Host-session"].value
    assert browser.get("/out").status_code == 200
    assert browser.post("/out")["Location"] == "/in"
    replay = Client(HTTP_HOST="localhost")
    replay.cookies["__Host-session"] = token
    assert not is_signed_in(replay)


def test_nobody_is_led_to_another_site_after_signing_in(browser: Client, alice: Person) -> None:
    answer = browser.post(
        "/in", {"login": alice.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert answer["Location"] == "/businesses"


def test_a_form_from_elsewhere_is_refused(alice: Person) -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    strict.get("/in")
    assert strict.post("/in", {"login": alice.email, "password": PASSWORD}).status_code == 403


def test_pages_of_the_own_account_send_a_stranger_to_sign_in(browser: Client) -> None:
    for path in ("/account", "/account/password", "/account/passkeys", "/account/sessions", "/businesses"):
        assert browser.get(path)["Location"] == f"/in?next={path}"


def test_how_pages_look_is_kept_with_the_person(browser: Client, alice: Person) -> None:
    sign_in(browser, alice)
    assert browser.post("/account/theme", {"theme": "dark"}).status_code == 302
    assert 'data-theme="dark"' in browser.get("/account").content.decode()
    assert browser.post("/account/theme", {"theme": "pink"}).status_code == 422
