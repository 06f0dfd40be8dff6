"""The page in Chromium: news without a reload, links of mails, no violation of accessibility rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from mailgun.client import Client as MailgunClient
from playwright.sync_api import Browser, Page, expect

from sandbox.testing import Running
from tests.axe import in_each_look, violations
from tests.sandbox.conftest import ANA, OURS, Twilio
from tests.sandbox.test_mailgun import send
from tests.sandbox.test_page import VIEWS

pytestmark = pytest.mark.browser


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    yield context.new_page()
    context.close()


def test_news_come_by_themselves_and_what_is_typed_stays(
    sandbox: Running, twilio: Twilio, page: Page
) -> None:
    twilio.messages.create(to=ANA, from_=OURS, body="Hello Ana")
    page.goto(sandbox.base_url)
    page.get_by_label("Answer as this person").fill("half a")
    twilio.messages.create(to=ANA, from_=OURS, body="One thing more")
    expect(page.locator("#bubbles")).to_contain_text("One thing more", timeout=10_000)
    expect(page.get_by_label("Answer as this person")).to_have_value("half a")
    page.get_by_label("Answer as this person").fill("Yes, at nine")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".bubble.mine")).to_contain_text("Yes, at nine")


def test_the_first_text_opens_an_empty_page(sandbox: Running, twilio: Twilio, page: Page) -> None:
    page.goto(sandbox.base_url)
    expect(page.get_by_text("No texts yet.")).to_be_visible()
    twilio.messages.create(to=ANA, from_=OURS, body="Hello Ana")
    expect(page.locator("#bubbles")).to_contain_text("Hello Ana", timeout=10_000)


def test_a_mails_link_opens_beside_and_its_script_does_not_run(
    sandbox: Running, mailgun: MailgunClient, page: Page
) -> None:
    link = f"{sandbox.base_url}/_health"
    send(mailgun, html=f"<p id=p>Hello</p><a href='{link}'>Confirm</a><script>p.textContent = 'run'</script>")
    page.goto(sandbox.base_url + "/?view=mail")
    mail = page.frame_locator("iframe")
    expect(mail.locator("#p")).to_have_text("Hello")
    with page.context.expect_page() as opened:
        mail.get_by_role("link", name="Confirm").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == link


def test_every_view_is_accessible_and_fits(
    sandbox: Running, twilio: Twilio, mailgun: MailgunClient, page: Page
) -> None:
    twilio.messages.create(to=ANA, from_=OURS, body="Hello Ana, https://127.0.0.1/a-long-address-" + "x" * 80)
    twilio.messages.create(to="+15005553003", from_=OURS, body="Are you there?")
    sandbox.answer(ANA, to=OURS, body="STOP")
    send(mailgun, html="<p>Hello</p>", to="ana+bounce@example.com, somebody.with.a.long.name@example.com")
    sandbox.faults({"kind": "status", "status": 429, "match": {"To": ANA}, "operation": "messages.create"})
    sandbox.settle()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for query in (
        *(f"view={view}" for view in VIEWS),
        f"view=phones&phone=%2B{ANA[1:]}",
        "view=mail&message=1",
    ):
        page.goto(f"{sandbox.base_url}/?{query}")
        for look in in_each_look(page):
            assert (query, look.name, violations(page, look)) == (query, look.name, [])
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (query, look.name)
    assert said == []
