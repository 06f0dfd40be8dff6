"""What the page says while Claude works: written here from checked names, never by the model."""

from __future__ import annotations

import json
import re
from typing import Any

from opsystem.business.nouns import CATALOGUE
from opsystem.kit.errors import NotFound

_REF = re.compile(r"^[A-Z]{1,2}-[1-9][0-9]{0,17}$")
_ICONS = (
    ("search", "search"),
    ("send_text", "message-square"),
    ("send_email", "mail"),
    ("thread", "inbox"),
    ("visit", "calendar-days"),
    ("job", "briefcase"),
    ("client", "users"),
    ("price", "tag"),
    ("file", "folder"),
    ("history", "history"),
)


def label_of(call: dict[str, Any]) -> str:
    """Return what a call does, with the references it names: `Show client C-12`."""
    try:
        label = CATALOGUE.get(str(call["name"])).label
    except NotFound:
        return "Unknown tool"
    given = call["input"] if isinstance(call["input"], dict) else {}
    refs = [value for value in given.values() if isinstance(value, str) and _REF.match(value)]
    return " ".join([label, *refs[:3]])


def icon_of(call: dict[str, Any]) -> str:
    """Return the icon of a call."""
    return next((icon for part, icon in _ICONS if part in str(call["name"])), "settings")


def summary_of(text: str, *, failed: bool) -> str:
    """Return in a few words what a call gave."""
    if failed:
        return _problem(text)
    try:
        value = json.loads(text)
    except ValueError:
        return "Done"
    if isinstance(value, dict) and value.get("untrusted"):
        value = value.get("answer")
    if isinstance(value, dict) and isinstance(value.get("rows"), list):
        value = value["rows"]
    if isinstance(value, list):
        return "Nothing found" if not value else f"{len(value)} found"
    return "Done"


def _problem(text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return text[:120]
    if isinstance(value, dict):
        return str(value.get("message") or value.get("status") or "It did not work")
    return "It did not work"
