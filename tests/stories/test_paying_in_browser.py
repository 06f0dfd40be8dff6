"""Stripe's own pages in a real browser, which holds every form to the policy that says where it may lead."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.product import Client, Product, until
from tests.stories.browser import watched

LINE = {"description": "Water heater", "quantity_milli": 1000, "unit_cents": 24_000}


@pytest.mark.browser
def test_row_45_an_owner_connects_stripe_and_a_client_pays_there_and_comes_back(
    product: Product, browser: Browser
) -> None:
    owner = "alice@till.example"
    orders = f'[["business", "Gulf Plumbing", "{owner}", "Alice"], ["sessions", "{owner}", "1"]]'
    made, cookie = product.seed("many", orders)
    alice = watched(browser, product.url)
    alice.context.add_cookies(
        [{"name": cookie["name"], "value": cookie["values"][0], "domain": "localhost", "path": "/",
          "secure": True, "httpOnly": True}]
    )  # fmt: skip
    alice.page.goto(f"/b/{made['number']}/settings/payments")
    alice.page.get_by_text("Connect Stripe").click()
    alice.page.get_by_role("button", name="Tell everything").click()
    expect(alice.page.get_by_text("Connected", exact=True)).to_be_visible()

    api = Client(product, made["number"], made["token"])
    client = api.call("add_client", name="Maria Alvarez", phone="(228) 555-0144")["ref"]
    draft = api.call("draft_invoice", client=client, lines=[LINE])["ref"]
    api.call("issue_invoice", draft=draft)
    maria = watched(browser, product.url, width=390, height=844)
    page = maria.page
    page.goto(api.call("make_client_link", client=client)["address"])
    page.locator("a[href*='/invoices/']").first.click()
    page.get_by_role("link", name="Pay $240").click()
    page.get_by_role("button", name="Pay $240").click()
    page.wait_for_url("**/paid/**")
    until(lambda: page.reload() and page.get_by_text("Visa ending in 4242").count(), what="the payment")
    page.get_by_role("link", name="Back to invoice").click()
    expect(page.get_by_text("This invoice is paid.")).to_be_visible()
    # Nobody was asked to take a way that the policy forbids.
    assert alice.complaints == maria.complaints == []
