"""References that people can say: `C-12` is client 12 of this business."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from opsystem.kit.errors import Invalid

LETTERS = {
    "client": "C",
    "property": "P",
    "job": "J",
    "visit": "V",
    "member": "U",
    "message": "M",
    "thread": "T",
    "file": "F",
    "price": "S",
    "checklist": "K",
    "template": "X",
    "note": "N",
    "proposal": "A",
    "change": "H",
    "conversation": "Y",
    "request": "R",
    "quote": "Q",
    "invoice": "I",
    "draft": "D",
    "payment": "PY",
    "credit": "CN",
    "refund": "RF",
    "expense": "E",
    "equipment": "EQ",
    "person": "CP",
    "field": "CF",
    "view": "SV",
    "tag": "TG",
    "series": "W",
    "time": "TE",
    "tax": "TX",
    "bundle": "SB",
    "certificate": "CE",
    "skill": "SK",
    "job_type": "JT",
    "link": "L",
    "entry": "LE",
    "plan": "RP",
    "contract": "PG",
    "dispute": "DP",
    "folder": "FD",
    "checkout": "PP",
    "method": "PM",
    "finding": "FN",
}
KINDS = {letter: kind for kind, letter in LETTERS.items()}
_PATTERN = re.compile(r"^([A-Z]{1,2})-([1-9][0-9]{0,17})$")


def make_ref(kind: str, number: int) -> str:
    """Return the reference of record `number` of a kind."""
    return f"{LETTERS[kind]}-{number}"


def parse_ref(text: str, *allowed: str) -> tuple[str, int]:
    """Return kind and number of a reference.

    Raises Invalid when it is no reference, or none of an allowed kind.
    """
    match = _PATTERN.match(text.strip().upper())
    kind = KINDS.get(match[1]) if match else None
    if match is None or kind is None or (allowed and kind not in allowed):
        wanted = " or ".join(f"{LETTERS[name]}-12" for name in allowed) or "C-12"
        raise Invalid(f"“{text[:40]}” is not a reference like {wanted}.", code="bad_ref")
    return kind, int(match[2])


def _canonical(text: str) -> str:
    cleaned = text.strip().upper()
    if not _PATTERN.match(cleaned):
        raise ValueError("Give a reference like C-12 or J-204.")
    return cleaned


Reference = Annotated[str, AfterValidator(_canonical), Field(description="A reference like C-12 or J-204.")]
