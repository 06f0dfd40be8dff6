"""What stands in the form of an expense, with the photo of its receipt."""

from __future__ import annotations

from typing import Any

from opsystem.business.expenses.records import ExpenseRow
from opsystem.business.files.operations import add_file
from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents
from opsystem.web.door import Door
from opsystem.web.files.content import MOST_BYTES

_WORDS = ("what", "category", "paid_to", "paid_by", "day", "owed_to", "job")
_MAY_BE_EMPTY = ("category", "paid_to")


def read_expense(door: Door) -> dict[str, Any]:
    """Return what was typed, the receipt taken in. Raises Invalid at the field that is wrong."""
    sent = door.request.POST
    given: dict[str, Any] = {}
    for name in _WORDS:
        text = str(sent.get(name, "")).strip()
        if text or name in _MAY_BE_EMPTY:
            given[name] = text
    wrong = {} if given.get("what") else {"what": "Say what it was."}
    try:
        given["cents"] = parse_cents(str(sent.get("cents", "")))
    except Invalid as problem:
        wrong["cents"] = problem.message
    if wrong:
        raise Invalid("Please check what is marked.", code="bad_input", fields=wrong)
    receipt = str(sent.get("kept", "")) or _taken(door, given)
    return {**given, "file": receipt} if receipt else given


def as_typed(row: ExpenseRow) -> dict[str, str]:
    """Return the form's fields of an expense, as a person would type them."""
    return {
        "what": row.what,
        "cents": f"{row.cents // 100:,}.{row.cents % 100:02d}",
        "day": row.day.isoformat(),
        "category": row.category,
        "paid_to": row.paid_to,
        "paid_by": row.paid_by.value,
        "owed_to": row.owed_to or "",
        "job": row.job or "",
        "base_version": str(row.version),
    }


def _taken(door: Door, given: dict[str, Any]) -> str:
    photo = door.request.FILES.get("receipt")
    if photo is None:
        return ""
    stored = door.vault.files.write(photo.chunks(), limit=MOST_BYTES)
    about = {"job": given["job"]} if given.get("job") else {}
    key = door.request.POST.get("request_id", "")
    asked = {"content_id": stored.content_id, "name": photo.name or "receipt", **about}
    done = add_file.perform(door.vault, door.actor, asked, request_id=f"{key}-receipt" if key else None)
    return done.value.ref
