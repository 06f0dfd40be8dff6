"""Journal rows in people's words: labels for columns, names for numbers, local times."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column

from opsystem.business.history.records import FieldChange, RecordChange
from opsystem.business.record import Record
from opsystem.business.titles import local_time, title_of
from opsystem.kit.money import show_cents
from opsystem.kit.phone import show_phone
from opsystem.kit.refs import LETTERS, make_ref
from opsystem.operations import Work
from opsystem.vault import Moment
from opsystem.vault.journals.journal import Change

HIDDEN = frozenset(
    {
        "id",
        "content_id",
        "vendor_id",
        "account_id",
        "arguments_hash",
        "tool_use_id",
        "turn_id",
        "conversation_id",
        "position",
    }
)
_LABELS = {
    "sms_stopped_at": "Wants no texts since",
    "mail_stopped_at": "Wants no emails since",
    "stopped_at": "Wants no messages since",
    "sms_number": "Number for texts",
    "mail_address": "Address for emails",
    "sms_hold": "Seconds a text waits",
    "mail_hold": "Seconds an email waits",
    "price_cents": "Price",
    "cost_cents": "Cost",
    "is_photo": "Photo",
    "media_type": "Type",
    "size": "Size in bytes",
    "off_at": "Switched off",
    "off_by": "Switched off by",
    "about": "About",
    "inbound": "Came in",
    "by_assistant": "Written by Claude",
    "unread_since": "Unread since",
    "last_at": "Last message",
}
NAMES = {
    "checklist_item": "checklist line",
    "task": "checklist line",
    "switch": "switch",
    "profile": "business",
}
_WORDS = {"sms": "Text messages", "email": "Emails", "needs_human": "needs a look"}
_ACTIONS = {"insert": "added", "update": "changed", "delete": "removed"}
_SNAKE = re.compile(r"_(at|id|by)$")


def in_words(work: Work, change: Change) -> RecordChange:
    """Return one row's change as it is told to people."""
    table = Record.metadata.tables[change.table]
    image = change.after or change.before or {}
    fields = [
        FieldChange(
            label_of(name), value_of(work, table.c[name], before), value_of(work, table.c[name], after)
        )
        for name, (before, after) in change.fields().items()
        if name not in HIDDEN and name in table.c and not _says_nothing(table.c[name], before, after)
    ]
    kind = NAMES.get(change.table, change.table)
    ref = make_ref(change.table, change.row_id) if change.table in LETTERS else None
    title = title_of(work, change.table, change.row_id) or _own_title(image) or kind.capitalize()
    return RecordChange(kind, ref, title, _ACTIONS[change.action], fields)


def obstacle_in_words(work: Work, name: str) -> str:
    """Return what is in the way of an undo as people call it (`Ana Ruiz (C-12), phone`)."""
    table, number, *field = name.split(" ")
    what = _named(work, table, int(number)) if table in LETTERS else NAMES.get(table, table).capitalize()
    return f"{what}, {label_of(field[0]).lower()}" if field else what


def label_of(name: str) -> str:
    """Return a column as people call it."""
    if name in _LABELS:
        return _LABELS[name]
    if name.endswith("_by"):
        return name.replace("_", " ").capitalize()
    return _SNAKE.sub("", name).replace("_", " ").capitalize()


def _says_nothing(column: Column[Any], before: Any, after: Any) -> bool:
    """Tell whether a field went from nothing to nothing: also a no on a record just made."""
    empty: tuple[Any, ...] = (None, "", 0) if isinstance(column.type, Boolean) else (None, "")
    return (before is None or after is None) and before in empty and after in empty


def _own_title(image: dict[str, Any]) -> str | None:
    for name in ("name", "title", "text", "label", "street"):
        value = image.get(name)
        if isinstance(value, str) and value:
            return value[:80]
    return None


def value_of(work: Work, column: Column[Any], value: Any) -> str | None:
    """Return a stored value as it is told to people; None for nothing."""
    if value is None or value == "":
        return None
    if isinstance(column.type, Moment):
        return local_time(work, datetime.fromisoformat(value))
    if isinstance(column.type, Boolean):
        return "Yes" if value else "No"
    for key in column.foreign_keys:
        return _named(work, key.column.table.name, int(value))
    if column.name.endswith("_cents"):
        return show_cents(int(value))
    if column.name in {"phone", "sms_number", "address"}:
        return show_phone(str(value))
    if column.name in {"channel", "state", "role"}:
        return _WORDS.get(value, str(value).replace("_", " "))
    return str(value)


def _named(work: Work, table: str, number: int) -> str:
    if table not in LETTERS:
        return str(number)
    ref, title = make_ref(table, number), title_of(work, table, number)
    return f"{title} ({ref})" if title else ref
