"""Sign-up takes name, email address and password, asks for 16 years, and confirms the address by a code."""

from __future__ import annotations

import itertools
import re

import pytest
from django.test import Client

from opsystem.control.accounts.models import Person
from opsystem.control.audit.models import Disclosure, Event
from tests.control.people import PASSWORD, new_person
from tests.web.accounts.mailbox import Mailbox

_numbers = itertools.count(1)


def answers(**changes: str) -> dict[str, str]:
    email = f"alice-{next(_numbers)}@signup.example"
    given = {"name": "Alice Moss", "email": email, "password1": PASSWORD, "confirmed_16": "on", **changes}
    return {name: value for name, value in given.items() if value}


def test_a_plumber_signs_up_confirms_her_address_and_is_led_to_her_first_business(
    browser: Client, mailbox: Mailbox
) -> None:
    given = answers()
    sent = browser.post("/up", given)
    assert (sent.status_code, sent["Location"]) == (302, "/up/code")
    assert given["email"] in browser.get("/up/code").content.decode()
    done = browser.post("/up/code", {"code": mailbox.code(given["email"])})
    assert (done.status_code, done["Location"]) == (302, "/businesses")
    assert browser.get("/businesses")["Location"] == "/start"
    person = Person.objects.get(email=given["email"])
    assert person.name == "Alice Moss"
    assert person.confirmed_16_at is not None
    assert person.password.startswith("argon2$argon2id$")


def test_the_only_cookie_is_the_session(browser: Client, mailbox: Mailbox) -> None:
    given = answers()
    browser.post("/up", given)
    browser.post("/up/code", {"code": mailbox.code(given["email"])})
    browser.get("/account")
    assert list(browser.cookies) == ["__Host-session"]
    cookie = browser.cookies["__Host-session"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Give your name."),
        ("email", "", "Give your email address."),
        ("email", "no address", "Enter a valid email address."),
        ("password1", "short", "too short"),
        ("password1", "password1234", "too common"),
        ("password1", "alice moss 1", "too similar"),
        ("confirmed_16", "", "16 years and older"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(
    browser: Client, field: str, value: str, words: str
) -> None:
    page = browser.post("/up", answers(**{field: value})).content.decode()
    assert re.search(f'id="{field}-error".*{re.escape(words)}', page, re.DOTALL)
    assert field == "name" or 'value="Alice Moss"' in page
    assert PASSWORD not in page
    assert field != "password1" or f'value="{value}"' not in page


def test_a_wrong_code_is_refused_and_three_end_the_try(browser: Client, mailbox: Mailbox) -> None:
    given = answers()
    browser.post("/up", given)
    for _ in range(2):
        page = browser.post("/up/code", {"code": "ZZZZ-ZZZZ"})
        assert "This code is not right." in page.content.decode()
    assert browser.post("/up/code", {"code": "ZZZZ-ZZZZ"})["Location"] == "/in"
    late = browser.post("/up/code", {"code": mailbox.code(given["email"])})
    assert late["Location"] == "/in"
    assert not browser.get("/account").content


def test_a_new_code_replaces_the_old_one(browser: Client, mailbox: Mailbox) -> None:
    given = answers()
    browser.post("/up", given)
    first = mailbox.code(given["email"])
    browser.post("/up/code", {"action": "resend"})
    second = mailbox.code(given["email"])
    assert first != second
    assert "This code is not right." in browser.post("/up/code", {"code": first}).content.decode()
    assert browser.post("/up/code", {"code": second})["Location"] == "/businesses"


@pytest.mark.usefixtures("browser")
def test_the_answer_does_not_tell_whether_the_address_is_known(mailbox: Mailbox) -> None:
    known = new_person("Alice", password=PASSWORD)
    fresh = answers()
    pages = []
    for email in (known.email, fresh["email"]):
        client = Client(HTTP_HOST="localhost")
        sent = client.post("/up", answers(email=email))
        page = client.get("/up/code").content.decode().replace(email, "ADDRESS")
        page = re.sub(r'"X-CSRFToken": "\w+"|name="csrfmiddlewaretoken" value="\w+"|[0-9a-f-]{36}', "", page)
        pages.append((sent.status_code, sent["Location"], page))
    assert pages[0] == pages[1]
    assert mailbox.newest(known.email)["subject"] == "You already have an account"
    assert Person.objects.filter(email=known.email).count() == 1


def test_sign_up_is_noted_without_content_and_the_mail_in_the_ledger(
    browser: Client, mailbox: Mailbox
) -> None:
    before = Disclosure.objects.count()
    given = answers()
    browser.post("/up", given)
    person = Person.objects.get(email=given["email"])
    assert Event.objects.filter(actor_id=person.pk, action="person.signed_up", ip="127.0.0.1").exists()
    assert Disclosure.objects.count() == before + 1
    written = str(list(Disclosure.objects.values())) + str(list(Event.objects.values()))
    assert given["email"] not in written
    assert mailbox.newest(given["email"])["from"].endswith("<accounts@mg.sandbox.test>")


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 401}, {"kind": "status", "status": 400}])
def test_when_the_mail_is_not_taken_the_person_is_told_and_can_go_on_later(
    browser: Client, mailbox: Mailbox, fault: dict[str, object]
) -> None:
    given = answers()
    mailbox.spoil({**fault, "vendor": "mailgun", "operation": "messages.create", "count": 1})
    sent = browser.post("/up", given, HTTP_REFERER="http://localhost/up")
    assert (sent.status_code, sent["Location"]) == (303, "/up")
    assert "Mailgun" in browser.get("/up").content.decode()
    later = Client(HTTP_HOST="localhost")
    assert later.post("/in", {"login": given["email"], "password": PASSWORD})["Location"] == "/up/code"
    assert later.post("/up/code", {"code": mailbox.code(given["email"])})["Location"] == "/businesses"
