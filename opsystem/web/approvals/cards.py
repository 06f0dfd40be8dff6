"""A proposal as its card shows it: what exactly would be done, to whom, and why it is asked."""

from __future__ import annotations

from typing import Any

from opsystem.business.asking.records import ProposalField, ProposalRow
from opsystem.business.conversations.queries import show_message
from opsystem.business.overview.queries import show_client
from opsystem.kit.errors import Problem
from opsystem.kit.phone import show_phone
from opsystem.operations import Permission
from opsystem.web.door import Door
from opsystem.web.show import when

_VERBS = {
    "send_text": ("Text", "message-square", "A text message"),
    "send_email": ("Email", "mail", "An email"),
}
_WORDS = ("subject", "body", "text", "notes")


def card_of(door: Door, row: ProposalRow) -> dict[str, Any]:
    """Return the card of a proposal for the person who looks."""
    verb, icon, what = _VERBS.get(row.operation, (row.label, "sparkles", row.label))
    is_message = row.operation in _VERBS
    fields = {one.name: one for one in row.fields}
    about = fields.get("about")
    card: dict[str, Any] = {
        "id": row.id,
        "ref": row.ref,
        "state": row.state,
        "act": f"{verb} {row.client_name}" if is_message and row.client_name else row.label,
        "icon": icon,
        "who": row.client_name or "the business",
        "who_detail": _address(door, row),
        "who_url": door.url("clients:show", row.client[2:]) if row.client else "",
        "what": f"{what}, about {about.shown}" if is_message and about is not None and about.value else what,
        "words": _words(row, is_message=is_message),
        "why": _why(row),
        "fields": [_field(one) for one in row.fields if one.name in _WORDS],
        "approve_url": door.url("approvals:approve", row.id, row.arguments_hash),
        "edit_url": door.url("approvals:edit", row.id, row.arguments_hash),
        "reject_url": door.url("approvals:reject", row.id),
        "hold_until": None,
        "undo_url": None,
        "problem": (row.result or {}).get("problem", "") if row.state == "failed" else "",
        "decided": f"by {row.decided_by}, {when(row.decided_at)}" if row.decided_at else "",
    }
    _what_became(door, row, card)
    return card


def _words(row: ProposalRow, *, is_message: bool) -> str:
    if is_message:
        return "\n\n".join(str(one.value) for one in row.fields if one.name in _WORDS and one.value)
    return "\n".join(f"{one.label}: {one.shown}" for one in row.fields if one.value not in (None, "", []))


def _why(row: ProposalRow) -> str:
    if row.tainted:
        return "It leaves the business, and Claude has read words from outside in this conversation."
    return "It leaves the business." if row.effect in {"send", "final"} else "It changes the plan."


def _field(one: ProposalField) -> dict[str, Any]:
    kind = "area" if one.kind == "long" or one.name in {"body", "text", "notes"} else "text"
    return {"name": one.name, "label": one.label, "kind": kind, "value": one.value or ""}


def _address(door: Door, row: ProposalRow) -> str:
    if row.client is None or row.operation not in _VERBS:
        return ""
    try:
        client = door.ask(show_client, client=row.client).client
    except Problem:
        # The client is out of sight for this person; the card says what it can.
        return ""
    if row.operation == "send_text":
        return show_phone(client.phone) if client.phone else "no phone number"
    return client.email or "no email address"


def _what_became(door: Door, row: ProposalRow, card: dict[str, Any]) -> None:
    """Say how far an approved message has come, and let it be taken back while it waits."""
    result = row.result or {}
    done = result.get("result")
    message = done.get("ref", "") if isinstance(done, dict) else result.get("ref", "")
    if not str(message).startswith("M-") or not door.actor.may(Permission.MESSAGES_READ):
        return
    record = door.ask(show_message, message=message)
    if record.state == "queued":
        card["hold_until"] = record.sends_at
        card["undo_url"] = door.url("inbox:take_back", record.id)
    elif record.state in {"accepted", "sent", "delivered"}:
        card["state"] = "sent"
    elif record.state in {"failed", "needs_human"}:
        card["state"], card["problem"] = "failed", record.problem or "It could not be sent."
    card["words"] = f"{record.subject}\n\n{record.body}" if record.subject else record.body
