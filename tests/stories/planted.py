"""Alice's business full of words that nobody else may ever read.

Words with `zqown` stand where Bob works, those with `zqhid` where he has no business to be.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.product import Client, Product, until

HIDDEN, OWN = "zqhid", "zqown"
CANARIES = (HIDDEN, OWN)
HIDDEN_PHONE = "+12285550188"


@dataclass(frozen=True)
class Planted:
    """Alice's business with its technician Bob, and Carl's; the references of what is Bob's and what is not.

    `sessions` are session tokens of people who are signed in.
    """

    product: Product
    alice: Client
    bob: Client
    carl: Client
    own: dict[str, str]
    hidden: dict[str, str]
    cookie: str
    sessions: dict[str, list[str]]


def plant(product: Product) -> Planted:
    """Make Alice's and Carl's businesses and fill Alice's through many operations."""
    made, other, signed_in, carls = product.seed(
        "many",
        json.dumps(
            [
                ["business", f"{OWN} Plumbing", "alice@example.com", f"Alice {OWN}"],
                ["business", "Roofs", "carl@example.com", "Carl"],
                ["sessions", "bob@example.com", "2"],
                ["sessions", "carl@example.com", "150"],
            ]
        ),
    )
    joined = product.seed("member", str(made["number"]), "bob@example.com", f"Bob {OWN}", "technician")
    alice = Client(product, made["number"], made["token"])
    bob = Client(product, made["number"], joined["token"])
    own, hidden = {"U": joined["ref"]}, {"U": "U-1"}
    _clients(alice, own, hidden)
    _lists(alice, own, hidden)
    _jobs(alice, own, hidden)
    _files(alice, own, hidden)
    _messages(product, alice, hidden)
    _conversation(alice, hidden)
    hidden["H"] = alice.call("client_timeline", client=hidden["C"])["rows"][0]["change"]["ref"]
    return Planted(
        product=product,
        alice=alice,
        bob=bob,
        carl=Client(product, other["number"], other["token"]),
        # Of a kind that Bob has none of, the hidden one is all there is.
        own={**hidden, **own},
        hidden=hidden,
        cookie=signed_in["name"],
        sessions={"bob": signed_in["values"], "carl": carls["values"]},
    )


def _clients(alice: Client, own: dict[str, str], hidden: dict[str, str]) -> None:
    for refs, word, phone in ((own, OWN, "228 555 0145"), (hidden, HIDDEN, HIDDEN_PHONE)):
        refs["C"] = alice.call(
            "add_client", name=f"Maria {word}", phone=phone, email=f"{word}@example.com",
            company=f"{word} Ltd", notes=f"{word} notes", street=f"14 {word} St", city="Hurley",
        )["ref"]  # fmt: skip
        refs["P"] = alice.call(
            "add_property", client=refs["C"], street=f"9 {word} St", city="Hurley", label=word
        )["ref"]
        refs["N"] = alice.call("add_note", about=refs["C"], text=f"{word} note: the gate code is 9931")["ref"]


def _lists(alice: Client, own: dict[str, str], hidden: dict[str, str]) -> None:
    hidden["S"] = alice.call("add_price", name=f"{HIDDEN} price", price_cents=123_45)["ref"]
    own["K"] = alice.call("add_checklist", name=f"{OWN} list", items=[f"{OWN} item"])["ref"]
    own["X"] = alice.call("add_template", name=f"{OWN} template", body=f"{{biz}}: {OWN}")["ref"]
    hidden["K"], hidden["X"] = own["K"], own["X"]


def _jobs(alice: Client, own: dict[str, str], hidden: dict[str, str]) -> None:
    nine = datetime.now(ZoneInfo("America/Chicago")) + timedelta(days=1)
    at = nine.replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None).isoformat()
    for refs, word, who in ((own, OWN, own["U"]), (hidden, HIDDEN, "U-1")):
        booked = alice.call(
            "book_job", client=refs["C"], property=refs["P"], title=f"{word} heater", starts_at=at,
            members=[who], notes=f"{word} job notes", checklist=own["K"],
        )  # fmt: skip
        refs["J"], refs["V"] = booked["ref"], booked["visit"]
        alice.call("add_note", about=refs["J"], text=f"{word} job note")
    alice.call("book_job", client=own["C"], title=f"{HIDDEN} bath for Bob's own client")


def _files(alice: Client, own: dict[str, str], hidden: dict[str, str]) -> None:
    for refs, word in ((own, OWN), (hidden, HIDDEN)):
        body = f"{word} bytes of the permit\n".encode() * 20
        refs["F"] = alice.upload(f"{word}.txt", body, job=refs["J"], caption=f"{word} caption")["ref"]
    shown = alice.call("show_file", file=hidden["F"])
    hidden["^[0-9a-f]{64}$"] = shown["content_id"]


def _messages(product: Product, alice: Client, hidden: dict[str, str]) -> None:
    alice.call("edit_profile", sms_hold=0, mail_hold=0)
    ours = until(lambda: alice.call("business_profile")["sms_number"], what="a number to text from")
    hidden["M"] = alice.call("send_text", client=hidden["C"], body=f"{HIDDEN} text out")["ref"]
    until(lambda: product.texts(HIDDEN_PHONE), what="the text at Twilio")
    product.sandbox(f"/_state/phones/{HIDDEN_PHONE}/answer", to=ours, body=f"{HIDDEN} text in")
    threads = until(lambda: alice.call("list_threads", filter="unread")["rows"], what="the answer")
    hidden["T"] = threads[0]["ref"]


def _conversation(alice: Client, hidden: dict[str, str]) -> None:
    question = f"text Maria {HIDDEN} that Bob comes tomorrow between 9 and 10"
    hidden["Q"] = alice.call("ask", question=question)["conversation"]
    rows = until(lambda: alice.call("list_proposals")["rows"], what="a proposal")
    hidden["A"] = rows[0]["ref"]
