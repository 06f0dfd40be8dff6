"""The plumber's first day, through the REST API: the same operations as behind the pages."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests

from demo.papers import paper
from demo.pictures import photo
from tests.product import Client, Product, until

QUESTION = "text Mrs Alvarez that Bob comes tomorrow between 9 and 10 and ask about the gate code"
PHONE = "+12285550144"


def proposal(client: Client) -> dict[str, Any]:
    rows = client.call("list_proposals")["rows"]
    return rows[0] if rows else {}


def test_from_a_new_business_to_a_text_that_claude_proposed_and_the_owner_approved(product: Product) -> None:
    made = product.seed("business", "Hurley Plumbing", "alice@api.example.com", "Alice Tanner")
    alice = Client(product, made["number"], made["token"])
    alice.call("edit_profile", sms_hold=2)

    alice.call("install_pack", name="plumbing")
    assert len(alice.call("list_prices")) >= 10
    assert alice.call("list_checklists")
    assert alice.call("list_templates")

    added = alice.call(
        "add_client", name="Maria Alvarez", phone="(228) 555-0144", street="14 Oak St", city="Hurley"
    )
    client = added["ref"]
    alice.call("add_property", client=client, street="9 Elm St", city="Moss Point", label="Rental")
    assert len(alice.call("show_client", client=client)["properties"]) == 2
    other = alice.call("add_client", name="Someone Else", phone="228 555 0199")["ref"]

    joined = product.seed("member", str(made["number"]), "bob@api.example.com", "Bob Delacroix", "technician")
    bob = Client(product, made["number"], joined["token"])
    assert (
        alice.post("book_job", client=client, title="Water heater", starts_at="tomorrow").status_code == 422
    )
    nine = (datetime.now(ZoneInfo("America/Chicago")) + timedelta(days=1)).replace(
        hour=9, minute=0, second=0, microsecond=0, tzinfo=None
    )
    home = alice.call("show_client", client=client)["properties"][0]["ref"]
    booked = alice.call(
        "book_job", client=client, property=home, title="Water heater", starts_at=nine.isoformat(),
        members=[joined["ref"]],
    )  # fmt: skip

    rng = random.Random(1)
    for name, body in (
        ("IMG_1.jpg", photo(rng, "plumbing")),
        ("IMG_2.heic", photo(rng, "plumbing", heic=True)),
        ("permit.pdf", paper("City permit", "Hurley Plumbing", "Maria Alvarez", "J-1", nine.date())),
    ):
        alice.upload(name, body, job=booked["ref"])
    until(
        lambda: all(one["preview"] == "ready" for one in alice.call("list_files", job=booked["ref"])["rows"]),
        what="previews of all three",
    )

    # Bob sees his visit and what belongs to it, and nothing else.
    day = nine.date().isoformat()
    assert [one["ref"] for one in bob.call("list_visits", since=day, until=day)] == [booked["visit"]]
    assert [one["ref"] for one in bob.call("list_clients")["rows"]] == [client]
    assert bob.post("show_client", client=other).status_code == 404
    assert bob.post("list_threads").status_code == 403

    until(lambda: alice.call("business_profile")["sms_number"], what="a number to text from")
    asked = alice.call("ask", question=QUESTION)
    waiting = until(lambda: proposal(alice), what="a proposal")
    assert waiting["operation"] == "send_text"
    assert waiting["client"] == client
    words = waiting["arguments"]["body"]
    assert "gate code" in words.lower()
    assert "9" in words
    assert product.texts(PHONE) == []

    # Decided with another hash than that of what was shown: refused.
    wrong = alice.post("approve_proposal", proposal=waiting["ref"], arguments_hash="0" * 64)
    assert wrong.status_code == 409
    changed = {**waiting["arguments"], "body": words.replace("gate code", "gate code, please")}
    given = {"proposal": waiting["ref"], "arguments_hash": waiting["arguments_hash"], "arguments": changed}
    alice.call("edit_proposal", key="decide-1", **given)
    alice.call("edit_proposal", key="decide-1", **given)
    texts = until(lambda: product.texts(PHONE), what="the text at Twilio")
    assert [one["body"] for one in texts] == [changed["body"]]
    until(
        lambda: (
            alice.call("show_conversation", conversation=asked["conversation"])["turns"][0]["state"] == "done"
        )
    )

    product.sandbox(f"/_state/phones/{PHONE}/answer", to=texts[0]["from"], body="The code is 4471")
    thread = until(lambda: alice.call("list_threads", filter="unread")["rows"], what="the answer")[0]
    messages = alice.call("show_thread", thread=thread["ref"])["messages"]
    assert [(one["inbound"], one["body"]) for one in messages] == [
        (False, changed["body"]),
        (True, "The code is 4471"),
    ]
    until(
        lambda: alice.call("show_thread", thread=thread["ref"])["messages"][0]["state"] == "delivered",
        what="the delivery report",
    )

    mistake = alice.post("book_job", client=client, title="Booked by mistake").json()
    alice.call("undo_change", change=mistake["change"])
    assert alice.post("show_job", job=mistake["value"]["ref"]).status_code == 404

    told = alice.call("client_timeline", client=client)["rows"]
    labels = " | ".join(one["change"]["label"] for one in told)
    for words in ("Maria Alvarez", "Booked", "IMG_2.heic", "proposed by Claude", "Received a text"):
        assert words in labels
    assert {one["change"]["actor_name"] for one in told} >= {"Alice Tanner"}
    assert len(product.texts(PHONE)) == 1


@pytest.mark.parametrize("token", ["", "ops_wrong"])
def test_without_a_valid_token_nothing_answers(product: Product, token: str) -> None:
    answer = requests.post(
        f"{product.url}/api/v1/b/123456/list_clients",
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    )
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
