"""Input for any operation, made from its schema alone: references of a kind where one is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_REFERENCE = re.compile(r"\b([A-Z])-\d+")
_BY_FORMAT = {"date": "2030-11-25", "date-time": "2030-11-25T09:00:00", "email": "somebody@example.com"}


def arguments(
    schema: Mapping[str, Any], refs: Mapping[str, str], *, word: str = "anything"
) -> dict[str, Any]:
    """Return a value for every property of an input schema.

    `refs` has a reference for each letter (`{"C": "C-2"}`), and under a pattern a text that fits it; free
    text is `word`.
    """
    defs = schema.get("$defs", {})
    return {
        name: _value(part, refs, word, defs, str(part.get("description", "")))
        for name, part in schema.get("properties", {}).items()
    }


def _value(
    part: Mapping[str, Any], refs: Mapping[str, str], word: str, defs: Mapping[str, Any], told: str
) -> Any:
    told = str(part.get("description", told))
    if "$ref" in part:
        return _value(defs[part["$ref"].rpartition("/")[2]], refs, word, defs, told)
    for way in part.get("anyOf", ()):
        if way.get("type") != "null":
            return _value(way, refs, word, defs, told)
    if "enum" in part or "const" in part:
        return part.get("enum", [part.get("const")])[0]
    if part.get("type") == "array":
        return [_value(part.get("items", {"type": "string"}), refs, word, defs, told)]
    plain = {"integer": max(1, part.get("minimum", 1)), "number": 1, "boolean": True, "object": {}}
    return plain[part["type"]] if part.get("type") in plain else _text(part, refs, word, told)


def _text(part: Mapping[str, Any], refs: Mapping[str, str], word: str, told: str) -> str:
    if part.get("format") in _BY_FORMAT:
        return _BY_FORMAT[part["format"]]
    if part.get("pattern") in refs:
        return refs[part["pattern"]]
    named = _REFERENCE.search(told)
    if named and named[1] in refs:
        return refs[named[1]]
    if "@" in str(part.get("pattern", "")):
        return "somebody@example.com"
    if "number" in told.lower() or "phone" in told.lower():
        return "(228) 555-0177"
    return word[: part.get("maxLength", len(word))]
