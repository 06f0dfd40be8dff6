"""Sign-up, passkeys and the one cookie in Chromium, against the site as production serves it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Request,
)

from opsystem.config.csp_reports import reports_counted
from opsystem.control.accounts.models import Person
from opsystem.control.usage.models import SignIn
from tests.axe import in_each_look, violations
from tests.control.people import PASSWORD, new_person
from tests.web.accounts.mailbox import Mailbox

pytestmark = pytest.mark.browser


@pytest.fixture
def context(chromium: Browser, site_url: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=site_url, viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def alice(site_url: str) -> Person:  # noqa: ARG001 - tables must be there
    return new_person("Alice", password=PASSWORD)


def cookies(context: BrowserContext) -> list[tuple[str, bool, bool, str, str]]:
    return [
        (one["name"], one["secure"], one["httpOnly"], one["sameSite"], one["path"])
        for one in context.cookies()
    ]


def sign_in(page: Page, person: Person) -> None:
    page.goto("/in")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: not url.endswith("/in"))


def virtual_device(page: Page) -> CDPSession:
    """Give the page a device with a resident key and a finger that always fits."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def add_passkey(page: Page) -> None:
    page.goto("/account/passkeys/add")
    if "/account/confirm" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Office computer")
    page.get_by_role("button", name="Add passkey").click()
    page.wait_for_url("**/account/codes")


def test_signing_up_by_code_sets_exactly_the_one_cookie(
    page: Page, context: BrowserContext, mailbox: Mailbox
) -> None:
    email = "dana@browser.example"
    page.goto("/")
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Your name").fill("Dana Moss")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=False).fill(PASSWORD)
    page.get_by_label("I am 16 years old or older").check()
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/up/code")
    page.get_by_label("Code").fill(mailbox.code(email))
    page.get_by_role("button", name="Confirm code").click()
    page.wait_for_url("**/start")
    assert cookies(context) == [("__Host-session", True, True, "Lax", "/")]
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""]


def test_a_passkey_is_added_and_signs_in_by_itself(
    page: Page, context: BrowserContext, alice: Person
) -> None:
    virtual_device(page)
    sign_in(page, alice)
    add_passkey(page)
    page.goto("/account/passkeys")
    assert page.get_by_role("link", name="Office computer").is_visible()
    context.clear_cookies()
    page.goto("/in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: not url.endswith("/in"))
    page.goto("/account")
    assert page.get_by_text(alice.email).first.is_visible()
    assert SignIn.objects.filter(person=alice).latest("pk").method == "webauthn"
    assert [one[0] for one in cookies(context)] == ["__Host-session"]


def test_a_passkey_is_the_second_step_after_a_password(
    page: Page, context: BrowserContext, alice: Person
) -> None:
    virtual_device(page)
    sign_in(page, alice)
    add_passkey(page)
    context.clear_cookies()
    sign_in(page, alice)
    page.wait_for_url("**/in/second-step")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "second-step" not in url)
    assert SignIn.objects.filter(person=alice).latest("pk").method == "password+webauthn"


def test_a_device_without_the_passkey_says_what_to_do(page: Page, alice: Person) -> None:  # noqa: ARG001
    virtual_device(page)
    page.goto("/in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("No passkey was used. Try again, or choose another way.").wait_for()


OPEN_PAGES = ("/in", "/up", "/in/code", "/password/forgotten", "/invitations/none")
OWN_PAGES = (
    "/account", "/account/email", "/account/sessions", "/account/passkeys", "/account/password",
    "/account/app", "/account/passkeys/add", "/out",
)  # fmt: skip


def test_every_page_is_free_of_violations(chromium: Browser, site_url: str, alice: Person) -> None:
    before = reports_counted()
    complaints: list[str] = []
    context = chromium.new_context(base_url=site_url)
    page = context.new_page()

    def requested(request: Request) -> None:
        if not request.url.startswith(site_url):
            complaints.append(f"asked elsewhere: {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            complaints.append(message.text)

    page.on("request", requested)
    page.on("console", said)
    for path in OPEN_PAGES:
        complaints += wrongs(page, path)
    sign_in(page, alice)
    for path in OWN_PAGES:
        complaints += wrongs(page, path)
    context.close()
    assert complaints == []
    assert reports_counted() == before


def wrongs(page: Page, path: str) -> list[str]:
    """Open a page; answers what axe finds and whether it can be scrolled sideways."""
    page.goto(path)
    if "/account/confirm" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url(f"**{path}")
    found = []
    for look in in_each_look(page):
        found += [f"{path} ({look.name}): {one}" for one in violations(page, look)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path} ({look.name}): scrolls sideways")
    return found
