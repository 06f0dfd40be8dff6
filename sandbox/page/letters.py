"""The mailbox: addresses, their mail, and one mail opened."""

from __future__ import annotations

from typing import Any

from sandbox.state import records
from sandbox.store import Store

_WORDS = {
    "accepted": "on its way",
    "delivered": "delivered",
    "failed permanent": "failed",
    "failed temporary": "delayed",
    "complained": "called spam",
    "received": "written here",
}
_WRONG = {"failed permanent", "failed temporary", "complained"}


def addresses(store: Store) -> list[dict[str, Any]]:
    """Every address with mail, the latest first."""
    rows = store.all(
        "SELECT address, count(*) AS count FROM mail_recipients GROUP BY address ORDER BY max(mail) DESC"
    )
    return [dict(row) for row in rows]


def letters(store: Store, address: str | None, most: int = 200) -> list[dict[str, Any]]:
    """The mail of one mailbox, or of all; the latest first."""
    return [_letter(mail) for mail in reversed(records.mails(store, address)[-most:])]


def letter(store: Store, number: int) -> dict[str, Any] | None:
    """One mail."""
    found = records.mail(store, number)
    return _letter(found) if found else None


def _letter(mail: dict[str, Any]) -> dict[str, Any]:
    states = [
        {"address": address, "words": _WORDS.get(state, state), "wrong": state in _WRONG}
        for address, state in mail["states"].items()
    ]
    return mail | {
        "mine": mail["direction"] == "inbound",
        "ways": states,
        "wrong": any(way["wrong"] for way in states),
        "snippet": " ".join(mail["text"].split())[:120],
    }
