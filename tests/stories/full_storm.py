"""`python -m tests.stories.full_storm [MESSAGES] [KILLS]`: many texts, a vendor that errs, kill -9.

Twilio loses one answer in ten after it took the text, answers one in twenty with 500 after it took it, and
reports on others twice or last first. Site and worker are killed at random moments (1,000 times, for 10,000
texts). Prints what came of it; ends with an error if a text is lost, sent twice, or stands nowhere.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import select

from tests.product import Client, Product, until
from tests.stories.storm import Killer
from tests.stories.test_kill import open_vault

_CLIENTS = 200
_SENDERS = 4
# What Twilio does to a text whose words end so, and to how many of a hundred.
_TROUBLES: dict[str, tuple[int, dict[str, Any]]] = {
    "(lost)": (10, {"kind": "lost_answer"}),
    "(broken)": (5, {"kind": "status", "status": 500, "accepted": True}),
    "(twice)": (5, {"kind": "duplicate_callbacks", "times": 3}),
    "(turned)": (5, {"kind": "reorder_callbacks"}),
}


def main(messages: int, kills: int, seed: int = 20261123) -> None:
    """Send, kill, and count."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="opsystem-storm-") as name:
        product = Product(Path(name))
        with product.stack:
            product.start()
            alice = _business(product)
            _script(product)
            refs = [
                alice.call("add_client", name=f"Client {one}", phone=f"+122855{50000 + one}")["ref"]
                for one in range(_CLIENTS)
            ]
            killer = Killer(product, seed)
            killer.rage(kills)
            try:
                bodies = _send_all(alice, refs, _bodies(messages, random.Random(seed)))
                print(f"{len(bodies)} handed in after {time.monotonic() - begun:.0f} s", flush=True)
                killer.calm()
            finally:
                killer.end()
            states = until(lambda: _settled(product, alice), seconds=900, what="every text to be settled")
            _judge(product, bodies, states)
            print(
                f"{len(bodies)} texts, {len(killer.kills)} kills, 0 lost, 0 twice, "
                f"{states.get('needs_human', 0)} for a person, {time.monotonic() - begun:.0f} s"
            )


def _business(product: Product) -> Client:
    made = product.seed("business", "Storm Plumbing", "storm@example.com", "Alice Tanner")
    alice = Client(product, made["number"], made["token"])
    alice.call("edit_profile", sms_hold=0)
    until(lambda: alice.call("business_profile")["sms_number"], what="a number to text from")
    return alice


def _script(product: Product) -> None:
    faults = [
        {
            "vendor": "twilio",
            "operation": "messages.create",
            "match": {"Body": mark},
            "count": 1_000_000,
            **fault,
        }
        for mark, (_, fault) in _TROUBLES.items()
    ]
    requests.post(f"{product.sandbox_url}/_faults", json=faults, timeout=20).raise_for_status()


def _bodies(messages: int, chance: random.Random) -> list[str]:
    marks = [mark for mark, (share, _) in _TROUBLES.items() for _ in range(share)]
    marks += ["(well)"] * (100 - len(marks))
    return [f"Text {number} {chance.choice(marks)}" for number in range(messages)]


def _send_all(alice: Client, refs: list[str], bodies: list[str]) -> list[str]:
    """Hand every text in, each asked again with its own key until the site says that it has it."""

    def send(number: int) -> None:
        def taken() -> bool:
            try:
                answer = alice.post(
                    "send_text", key=f"storm-{number}", client=refs[number % len(refs)], body=bodies[number]
                )
            except requests.RequestException:
                return False
            assert answer.status_code in {200, 500, 503}, answer.text[:300]
            return answer.status_code == 200

        until(taken, seconds=300, what=f"text {number} to be taken")

    with ThreadPoolExecutor(_SENDERS) as senders:
        list(senders.map(send, range(len(bodies))))
    return bodies


def _settled(product: Product, alice: Client) -> Counter[str]:
    """Return how many texts are in which state, once none is on its way."""
    with open_vault(product, alice.number) as vault, vault.reading() as session:
        outbox = vault.schema.metadata.tables["outbox"]
        states = Counter(session.execute(select(outbox.c.state)).scalars())
    time.sleep(1)
    return states if set(states) <= {"accepted", "needs_human"} else Counter()


def _judge(product: Product, bodies: list[str], states: Counter[str]) -> None:
    taken = Counter(
        one["body"] for one in product.sandbox("/_state/twilio/messages") if one["direction"] != "inbound"
    )
    twice = [body for body, times in taken.items() if times > 1]
    lost = len(set(bodies) - set(taken)) - states.get("needs_human", 0)
    assert twice == [], f"{len(twice)} sent twice: {twice[:5]}"
    assert lost <= 0, f"{lost} lost"
    assert sum(states.values()) == len(bodies), states
    assert states.get("needs_human", 0) <= max(1, len(bodies) // 1000), states


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(given[0] if given else 10_000, given[1] if len(given) > 1 else 1_000)
