"""kill -9 of the site and the worker at any moment of the story loses nothing and sends nothing twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from opsystem.business.schema import SCHEMA
from opsystem.vault import Vault
from tests.product import Client, Product
from tests.stories.storm import Killer, Tale
from tests.thorough import amount

NAMES = ("Alvarez", "Brooks", "Castillo", "Dufour", "Engel", "Ferris", "Guerra")
# What Twilio does to whom, besides.
FAULTS: list[dict[str, Any]] = [
    {"kind": "lost_answer", "operation": "messages.create", "match": {"To": "+12285550150"}},
    {"kind": "status", "status": 500, "accepted": True, "operation": "messages.create",
     "match": {"To": "+12285550151"}},
    {"kind": "refuse", "operation": "messages.create", "match": {"To": "+12285550152"}},
    {"kind": "status", "status": 429, "retry_after": 1, "operation": "messages.create",
     "match": {"To": "+12285550153"}},
    {"kind": "duplicate_callbacks", "times": 4, "operation": "messages.create",
     "match": {"To": "+12285550154"}},
    {"kind": "reorder_callbacks", "operation": "messages.create", "match": {"To": "+12285550155"}},
    {"kind": "duplicate_callbacks", "times": 5, "operation": "messages.inbound", "count": 3},
]  # fmt: skip
AT_EACH_STEP = {
    "asked": ("worker",),
    "approved": ("web", "worker"),
    "sent": ("worker",),
    "answered": ("web",),
}


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own, since it is killed."""
    running = Product(tmp_path)
    with running.stack:
        running.start()
        yield running


def begin(product: Product) -> list[Tale]:
    """Return the stories of all clients, none of them begun."""
    made = product.seed("business", "Hurley Plumbing", "alice@example.com", "Alice Tanner")
    alice = Client(product, made["number"], made["token"])
    alice.call("edit_profile", sms_hold=0)
    tales = []
    for number, name in enumerate(NAMES):
        phone = f"+1228555015{number}"
        ref = alice.call("add_client", name=f"Maria {name}", phone=phone)["ref"]
        tales.append(Tale(alice, ref, f"Maria {name}", phone))
    ends = time.monotonic() + 60
    while not alice.call("business_profile")["sms_number"]:
        assert time.monotonic() < ends, "a number to text from"
        time.sleep(0.2)
    return tales


def tell(tales: list[Tale], killer: Killer, seconds: float) -> None:
    """Let all stories go on until they are over; the first one is struck after each of its steps."""
    ends = time.monotonic() + seconds
    while not all(tale.is_over for tale in tales):
        for tale in tales:
            if tale.is_over:
                continue
            step = tale.go_on()
            if step and tale is tales[0] and step in AT_EACH_STEP:
                killer.kill(*AT_EACH_STEP[step])
        missing = {tale.name: tale.steps for tale in tales if not tale.is_over}
        assert time.monotonic() < ends, f"{missing} after {killer.kills}"
        time.sleep(0.3)


def settled(tales: list[Tale]) -> bool:
    """Tell whether every text is known to have been taken; reports to a dead site are lost at Twilio."""
    for tale in tales:
        [thread] = tale.client.call("list_threads", text=tale.phone)["rows"]
        messages = tale.client.call("show_thread", thread=thread["ref"])["messages"]
        if {one["state"] for one in messages} & {"queued", "sending"}:
            return False
    return True


def test_kill_9_at_any_moment_loses_nothing_and_sends_nothing_twice(product: Product) -> None:
    tales = begin(product)
    script = [{"vendor": "twilio", **fault} for fault in FAULTS]
    requests.post(f"{product.sandbox_url}/_faults", json=script, timeout=20).raise_for_status()
    killer = Killer(product, seed=20261123)
    killer.rage(amount(quick=2, whole=6))
    try:
        tell(tales, killer, seconds=240)
        # A quick machine may be through with the stories first: every strike falls all the same.
        killer.calm()
    finally:
        killer.end()
    assert len(killer.kills) >= amount(quick=7, whole=12), killer.kills
    ends = time.monotonic() + 90
    while not settled(tales):
        assert time.monotonic() < ends, "a text whose way is not known"
        time.sleep(1)
    for tale in tales:
        assert [one["body"] for one in product.texts(tale.phone)] == [tale.body]
    all_texts = product.sandbox("/_state/twilio/messages")
    assert len([one for one in all_texts if one["direction"] != "inbound"]) == len(tales)
    heard = [one for one in all_texts if one["direction"] == "inbound"]
    for name in ("worker", "web"):
        product.stack.kill(name)
    look_inside(product, tales, heard)


def look_inside(product: Product, tales: list[Tale], heard: list[dict[str, Any]]) -> None:
    """Open the vault itself: whole, every word in it once, nothing left half done."""
    with open_vault(product, tales[0].client.number) as vault:
        vault.check()
        tables = vault.schema.metadata.tables
        with vault.reading() as session:
            outbox = session.execute(select(tables["outbox"].c.state)).scalars().all()
            messages = session.execute(select(tables["message"])).all()
            turns = session.execute(select(tables["turn"].c.state)).scalars().all()
            proposals = session.execute(select(tables["proposal"].c.state)).scalars().all()
            waiting = session.execute(select(tables["vendor_event"].c.problem)).scalars().all()
    assert outbox == ["accepted"] * len(tales)
    assert turns == ["done"] * len(tales)
    assert proposals == ["edited"] * len(tales)
    assert not any(waiting), "no event ended in a problem"
    inbound = [one.vendor_id for one in messages if one.inbound]
    assert len(inbound) == len(set(inbound)), "stored once each"
    answered = {one["sid"] for one in heard if any(call["status"] == 200 for call in one["callbacks"])}
    assert answered <= set(inbound), "what was answered with 200 is kept"
    assert set(inbound) <= {one["sid"] for one in heard}
    assert {one.body for one in messages if not one.inbound} == {tale.body for tale in tales}


def open_vault(product: Product, number: int) -> Vault:
    """Open the vault beside the product, with the key the installation has for it."""
    found = product.seed("vault", str(number))
    return Vault(Path(found["path"]), found["id"], bytes.fromhex(found["key"]), SCHEMA)
