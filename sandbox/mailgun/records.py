"""Mailgun's JSON for events, and its dates."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from email.utils import format_datetime, parseaddr
from typing import Any

from sandbox.store import Row

_LEVELS = {"temporary": "warn", "permanent": "error"}


def rfc_date(at: float) -> str:
    """A time as Mailgun writes it."""
    return format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True)


def event_record(mail: Row, recipient: str, event: str, at: float, severity: str | None) -> dict[str, Any]:
    """An event as the events API and the webhooks give it."""
    sender = parseaddr(mail["sender"])[1]
    record: dict[str, Any] = {
        "id": secrets.token_urlsafe(16),
        "event": event,
        "timestamp": round(at, 6),
        "log-level": "warn" if event == "complained" else _LEVELS.get(severity or "", "info"),
        "recipient": recipient,
        "recipient-domain": recipient.partition("@")[2],
        "envelope": {"sender": sender, "transport": "smtp", "targets": recipient, "sending-ip": "127.0.0.1"},
        "flags": {
            "is-routed": False,
            "is-authenticated": True,
            "is-system-test": False,
            "is-test-mode": bool(mail["test_mode"]),
        },
        "message": {
            "headers": {
                "to": mail["to_header"],
                "message-id": mail["message_id"],
                "from": mail["sender"],
                "subject": mail["subject"],
            },
            "attachments": json.loads(mail["attachments"]),
            "size": mail["size"],
        },
        "storage": {"key": f"sandbox-{mail['id']}", "region": "sandbox", "url": ""},
        "campaigns": [],
        "tags": json.loads(mail["tags"]),
        "user-variables": json.loads(mail["variables"]),
    }
    if event == "accepted":
        record["method"] = "HTTP"
    if severity is not None:
        record["severity"] = severity
    return record
