"""Events: what became of a mail, as a webhook tells it or the events list.

https://documentation.mailgun.com/docs/mailgun/user-manual/events/webhook-payloads
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from opsystem.kit.errors import Invalid
from opsystem.vendors.mailgun.records import MailEvent, Signature


def webhook_signature(payload: Mapping[str, Any]) -> Signature:
    """Return the signed part of an event webhook (JSON) or of an inbound form. Raises Invalid."""
    part = payload.get("signature", "")
    source = part if isinstance(part, Mapping) else payload
    values = [source.get(name, "") for name in ("timestamp", "token", "signature")]
    if not all(isinstance(value, str) and value for value in values):
        raise _bad("signature")
    return Signature(*values)


def parse_event(payload: Mapping[str, Any]) -> MailEvent:
    """Read the JSON of an event webhook. Raises Invalid when it has not the form that Mailgun sends."""
    return read_event(payload.get("event-data"))


def read_event(data: object) -> MailEvent:
    """Read one event, from a webhook or from the events list. Raises Invalid."""
    if not isinstance(data, Mapping):
        raise _bad("event-data")
    headers = _part(_part(data, "message"), "headers")
    status = _part(data, "delivery-status")
    return MailEvent(
        key=_needed(data, "id"),
        kind=_needed(data, "event"),
        message_id=str(headers.get("message-id", "")).strip("<>"),
        recipient=str(data.get("recipient", "")),
        at=_moment(data.get("timestamp")),
        permanent=data.get("severity") == "permanent",
        reason=str(data.get("reason", "")),
        code=str(status.get("code", "")),
        variables={str(name): str(value) for name, value in _part(data, "user-variables").items()},
    )


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}


def _needed(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value:
        raise _bad(name)
    return value


def _moment(value: object) -> datetime:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _bad("timestamp")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise _bad("timestamp") from error


def _bad(field: str) -> Invalid:
    words = "The webhook has not the form that Mailgun sends."
    return Invalid(words, code="bad_webhook", fields={field: "Missing or wrong."})
