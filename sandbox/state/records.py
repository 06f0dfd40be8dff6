"""The state as plain objects, for the JSON paths and for the page alike."""

from __future__ import annotations

import json
from typing import Any

from sandbox.store import Row, Store


def texts(store: Store, **wanted: str) -> list[dict[str, Any]]:
    """Texts in their order, with the calls to the product about each. `wanted`: sender, recipient, person."""
    where = {
        "sender": "sender = :sender",
        "recipient": "recipient = :recipient",
        "person": "CASE direction WHEN 'inbound' THEN sender ELSE recipient END = :person",
    }
    conditions = [where[name] for name in wanted] or ["1"]
    rows = store.all(f"SELECT * FROM texts WHERE {' AND '.join(conditions)} ORDER BY id", **wanted)  # noqa: S608
    calls = _calls(store, [row["sid"] for row in rows])
    return [_text(row, calls.get(row["sid"], [])) for row in rows]


def _text(row: Row, calls: list[dict[str, Any]]) -> dict[str, Any]:
    inbound = row["direction"] == "inbound"
    return {
        "sid": row["sid"],
        "direction": row["direction"],
        "from": row["sender"],
        "to": row["recipient"],
        "person": row["sender"] if inbound else row["recipient"],
        "ours": row["recipient"] if inbound else row["sender"],
        "body": row["body"],
        "media": json.loads(row["media"]),
        "status": row["status"],
        "error_code": row["error_code"],
        "created": row["created"],
        "callbacks": calls,
    }


def mails(store: Store, address: str | None = None) -> list[dict[str, Any]]:
    """Mails in their order: all, or those in one mailbox, which has what its owner wrote as well."""
    rows = store.all(
        "SELECT * FROM mails WHERE ? IS NULL OR id IN (SELECT mail FROM mail_recipients WHERE address = ?)"
        " ORDER BY id",
        address, address and address.lower(),
    )  # fmt: skip
    calls = _calls(store, [f"mail-{row['id']}" for row in rows])
    return [_mail(store, row, calls.get(f"mail-{row['id']}", [])) for row in rows]


def mail(store: Store, number: int) -> dict[str, Any] | None:
    """One mail by its number."""
    row = store.one("SELECT * FROM mails WHERE id = ?", number)
    return _mail(store, row, _calls(store, [f"mail-{number}"]).get(f"mail-{number}", [])) if row else None


def _mail(store: Store, row: Row, calls: list[dict[str, Any]]) -> dict[str, Any]:
    ways = store.all("SELECT address, state FROM mail_recipients WHERE mail = ?", row["id"])
    return {
        "id": row["id"],
        "message_id": row["message_id"],
        "domain": row["domain"],
        "direction": row["direction"],
        "from": row["sender"],
        "to": row["to_header"],
        "recipients": json.loads(row["recipients"]),
        "subject": row["subject"],
        "text": row["text"],
        "html": row["html"],
        "headers": json.loads(row["headers"]),
        "variables": json.loads(row["variables"]),
        "tags": json.loads(row["tags"]),
        "attachments": json.loads(row["attachments"]),
        "test_mode": bool(row["test_mode"]),
        "states": {way["address"]: way["state"] for way in ways},
        "created": row["created"],
        "callbacks": calls,
    }


def _calls(store: Store, subjects: list[str]) -> dict[str, list[dict[str, Any]]]:
    rows = store.all(
        "SELECT * FROM callbacks WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY id",
        json.dumps(subjects),
    )
    calls: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        calls.setdefault(row["subject"], []).append(call(row))
    return calls


def call(row: Row) -> dict[str, Any]:
    """A call to the product; `waiting` until it was taken or given up."""
    return {
        "vendor": row["vendor"],
        "subject": row["subject"],
        "about": row["about"],
        "url": row["url"],
        "attempts": row["attempts"],
        "status": row["status"],
        "trouble": row["trouble"],
        "waiting": row["due"] is not None,
    }


def requests(store: Store, most: int) -> list[dict[str, Any]]:
    """The request log, the newest first."""
    return [dict(row) for row in store.all("SELECT * FROM requests ORDER BY id DESC LIMIT ?", most)]


def counts(store: Store) -> list[dict[str, Any]]:
    """How often each operation was asked for, by status."""
    rows = store.all(
        "SELECT vendor, operation, status, count(*) AS count FROM requests"
        " GROUP BY vendor, operation, status ORDER BY vendor, operation, status"
    )
    return [dict(row) for row in rows]
