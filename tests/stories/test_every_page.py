"""Every page there is, in a real browser: no other host, one cookie, no CSP report, nothing axe minds.

The list is made from the addresses the product itself lists; a new page is visited without a word here.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from demo.papers import paper
from demo.pictures import photo
from ops.stack import ROOT
from tests.axe import in_each_look
from tests.product import COMMAND, PASSWORD, Client, Product, until
from tests.stories.browser import Watched, watched

# A part of a page that only ever stands in one, and pages there are only with a second factor set up.
# A tick has no page to answer on, and nobody comes back from Stripe who was not sent there.
APART = re.compile(r"/ask/cards/|/account/app/remove|/account/codes|/checklist/\d+/answer|/payments/back")


@pytest.fixture(scope="module")
def filled(product: Product) -> dict[str, Any]:
    """Make a business with one of everything that has a page; return its number and the ids."""
    made = product.seed("business", "Hurley Plumbing", "pages@example.com", "Alice Tanner")
    alice = Client(product, made["number"], made["token"])
    alice.call("install_pack", name="plumbing")
    bob = product.seed("member", str(made["number"]), "bobpages@example.com", "Bob Delacroix", "technician")
    client = alice.call(
        "add_client", name="Maria Alvarez", phone="228 555 0177", street="1 Oak St", city="Hurley"
    )
    tomorrow = (datetime.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)  # noqa: DTZ005
    job = alice.call(
        "book_job",
        client=client["ref"],
        title="Water heater",
        starts_at=tomorrow.isoformat(),
        members=[bob["ref"]],
    )
    alice.upload("IMG.jpg", photo(random.Random(1), "plumbing"), job=job["ref"])
    alice.upload("permit.pdf", paper("Permit", "H", "M", "J", tomorrow.date()), job=job["ref"])
    alice.call("add_note", about=client["ref"], text="Ring twice")
    until(lambda: alice.call("business_profile")["sms_number"], what="a number")
    text = alice.call("send_text", client=client["ref"], body="See you tomorrow")
    asked = alice.call("ask", question="text Maria Alvarez that we come tomorrow")
    proposals = until(lambda: alice.call("list_proposals")["rows"], what="a proposal")
    return {
        "client": client["id"], "place": 1, "job": job["id"], "visit": job["visit_id"], "item": 1, "file": 1,
        "price": 1, "member": bob["ref"][2:], "change": 3, "token": 1, "checklist": 1, "template": 1,
        "thread": text["thread"][2:], "message": text["id"], "conversation": asked["conversation"][2:],
        "turn": asked["turn"], "proposal": proposals[0]["id"], "shown": proposals[0]["arguments_hash"],
        "size": "large", "number": made["number"], "report": "jobs",
    }  # fmt: skip


def paths(product: Product, ids: dict[str, Any]) -> list[str]:
    """Return the address of every page of a business, and of the account."""
    done = subprocess.run(
        [sys.executable, "-m", COMMAND, "routes"],
        env={**product.stack.environment, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found = []
    for route in json.loads(done.stdout):
        if route["path"].startswith(("/api/", "/hooks/", "/csp", "/invitations/", "/out", "/<")):
            continue
        if set(route["parameters"]) <= ids.keys():
            found.append(re.sub(r"<[a-z]+:([a-z_]+)>", lambda match: str(ids[match[1]]), route["path"]))
    return found


def signed_in(browser: Browser, product: Product) -> Watched:
    person = watched(browser, product.url)
    person.page.goto("/in")
    person.page.get_by_label("Email address").fill("pages@example.com")
    person.page.get_by_label("Password").fill(PASSWORD)
    person.page.get_by_role("button", name="Sign in", exact=True).click()
    person.page.wait_for_url(re.compile(r"/b/\d+/"))
    return person


@pytest.mark.browser
def test_every_page_keeps_the_promises_of_pages(
    product: Product, browser: Browser, filled: dict[str, Any]
) -> None:
    alice = signed_in(browser, product)
    wrong: list[str] = []
    seen = 0
    for path in paths(product, filled):
        head = alice.context.request.get(f"{product.url}{path}", max_redirects=0)
        kind = head.headers.get("content-type", "")
        if head.status in {302, 303, 405} or not kind.startswith("text/html"):
            # For sending only, leading elsewhere, or bytes.
            continue
        if APART.search(path):
            continue
        if head.status != 200:
            wrong.append(f"{path}: {head.status}")
            continue
        alice.page.goto(path)
        seen += 1
        for look in in_each_look(alice.page):
            wrong += [f"{path} ({look.name}): {violation}" for violation in alice.violations(look)]
            if alice.overflow() > 0:
                wrong.append(f"{path} ({look.name}): {alice.overflow()} px too wide")
    assert not wrong, "\n".join(wrong)
    assert seen >= 45
    assert alice.foreign == []
    assert alice.complaints == []
    assert alice.cookies == {"__Host-session"}
