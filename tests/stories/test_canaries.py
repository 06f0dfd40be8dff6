"""Words written through every input of the running product lie nowhere in plain bytes, but at the vendors."""

from __future__ import annotations

import json
import re
import secrets
import time
from pathlib import Path

import requests

from ops.canaries import hits
from tests.product import Client, Product, until
from tests.stories.arguments import arguments

PHONE = "+12285550166"
_REFERENCE = re.compile(r'"ref": ?"([A-Z])-(\d+)"')


class Words:
    """Words that nobody else ever wrote, each handed out once."""

    def __init__(self) -> None:
        self.stem = f"zq{secrets.token_hex(5)}"
        self.all: list[str] = []

    def new(self) -> str:
        """Return the next word."""
        self.all.append(f"{self.stem}n{len(self.all)}x")
        return self.all[-1]


def test_no_word_lies_plainly_anywhere(product: Product) -> None:
    words = Words()
    made = product.seed("business", "Canary Plumbing", "alice@canary.example.com", "Alice")
    alice = Client(product, made["number"], made["token"])
    refs = _begin(alice, words)
    written = _write_into_everything(alice, refs, words)
    _talk(product, alice, words)
    _ask_and_search(product, alice, words)
    assert written > 40
    assert len(words.all) > 90
    time.sleep(1)  # what the worker does last
    sandbox = [product.folder / "sandbox", product.folder / "logs" / "sandbox.log"]
    # They did come in, and have gone where they should: to the vendors, who hold them.
    # All begin alike, so that one search finds any of them.
    assert list(hits(product.folder, [words.stem])), "the vendors at least have some"
    assert list(hits(product.folder, [words.stem], leaving=sandbox)) == []


def _begin(alice: Client, words: Words) -> dict[str, str]:
    client = alice.call(
        "add_client", name=words.new(), phone=PHONE, email=f"{words.new()}@example.com", company=words.new(),
        notes=words.new(), street=words.new(), city=words.new(),
    )["ref"]  # fmt: skip
    home = alice.call("add_property", client=client, street=words.new(), city=words.new())["ref"]
    booked = alice.call("book_job", client=client, property=home, title=words.new(), notes=words.new())
    small = alice.upload(f"{words.new()}.txt", f"{words.new()} ".encode() * 20, job=booked["ref"])["ref"]
    alice.upload(f"{words.new()}.mp4", f"{words.new()} ".encode() * 300_000, client=client)
    return {
        "C": client, "P": home, "J": booked["ref"], "F": small, "U": "U-1",
        "N": alice.call("add_note", about=client, text=words.new())["ref"],
        "S": alice.call("add_price", name=words.new(), price_cents=100)["ref"],
        "K": alice.call("add_checklist", name=words.new(), items=[words.new()])["ref"],
        "X": alice.call("add_template", name=words.new(), body=words.new())["ref"],
    }  # fmt: skip


def _write_into_everything(alice: Client, refs: dict[str, str], words: Words) -> int:
    """Put a word of its own into the free text of every operation and query there is."""
    address = f"{alice.product.url}/api/v1/b/{alice.number}"
    token = {"Authorization": f"Bearer {alice.token}"}
    there = requests.get(address, headers=token, timeout=60).json()["operations"]
    for entry in there:
        # What ends Alice's own rights, or her business, would end the story.
        if entry["name"] not in {"remove_member", "change_role"}:
            given = arguments(entry["input"], refs, word=words.new())
            headers = {**token, "Idempotency-Key": words.new()}
            answer = requests.post(f"{address}/{entry['name']}", json=given, headers=headers, timeout=60)
            assert answer.status_code < 500, f"{entry['name']}: {answer.status_code}"
    return len(there)


def _talk(product: Product, alice: Client, words: Words) -> None:
    alice.call("edit_profile", sms_hold=0, mail_hold=0)
    ours = until(lambda: alice.call("business_profile")["sms_number"], what="a number to text from")
    client = alice.call("add_client", name=words.new(), phone=PHONE.replace("66", "67"))["ref"]
    alice.call("send_text", client=client, body=f"{words.new()} text out")
    until(lambda: product.texts(PHONE.replace("66", "67")), what="the text at Twilio")
    product.sandbox(
        f"/_state/phones/{PHONE.replace('66', '67')}/answer", to=ours, body=f"{words.new()} text in"
    )
    until(lambda: alice.call("list_threads", filter="unread")["rows"], what="the answer")


def _ask_and_search(product: Product, alice: Client, words: Words) -> None:
    asked = alice.call("ask", question=f"who is {words.new()}?")["conversation"]
    until(lambda: "answer" in json.dumps(alice.call("show_conversation", conversation=asked)).lower())
    for path in ("search?q=", "clients?text=", "files?text=", f"in?next=/{words.new()}&login="):
        requests.get(f"{product.url}/b/{alice.number}/{path}{words.new()}", timeout=60)
    requests.post(f"{product.url}/hooks/twilio/sms/{alice.number}", data={"Body": words.new()}, timeout=60)
    requests.post(f"{product.url}/csp-reports", json={"csp-report": {"x": words.new()}}, timeout=60)


def test_the_search_would_find_them(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"x" * ((1 << 20) - 3) + b"Canary-One and more")
    (tmp_path / "wide").write_bytes("canary-two".encode("utf-16-le"))
    (tmp_path / "canary-three.txt").write_bytes(b"")
    (tmp_path / "left").mkdir()
    (tmp_path / "left" / "file").write_bytes(b"canary-one")
    found = hits(
        tmp_path, ["canary-one", "CANARY-TWO", "canary-three", "canary-four"], leaving=[tmp_path / "left"]
    )
    assert [(path.name, word) for path, word in found] == [
        ("canary-three.txt", "canary-three"),
        ("plain", "canary-one"),
        ("wide", "CANARY-TWO"),
    ]
