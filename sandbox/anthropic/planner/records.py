"""Records in tool results: anything with a ref like C-12, read leniently.

Results are JSON of the product's own making; field names are not known here for certain, so each question has
several, and a result that is no JSON is read line by line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

REF = re.compile(r"[A-Z]{1,2}-\d+")
_REF_IN_TEXT = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}-\d+(?![A-Za-z0-9])")
_REF_FIELDS = ("ref", "id")
_NAME_FIELDS = (
    "name",
    "full_name",
    "display_name",
    "title",
    "label",
    "subject",
    "summary",
    "caption",
    "file_name",
)
_KINDS = {
    "C": "client",
    "P": "property",
    "J": "job",
    "V": "visit",
    "U": "member",
    "M": "message",
    "T": "thread",
    "F": "file",
    "S": "price",
    "K": "checklist",
    "X": "template",
    "N": "note",
    "A": "proposal",
    "H": "change",
}


@dataclass(frozen=True)
class Record:
    """One record: its ref and whatever fields came with it."""

    ref: str
    fields: dict[str, Any]

    @property
    def kind(self) -> str:
        """What the ref's letter means."""
        return _KINDS.get(self.ref[0], "record")

    @property
    def name(self) -> str:
        """What to call it: the nearest name-like field, else the ref."""
        return self.get(*_NAME_FIELDS) or self.ref

    def get(self, *names: str) -> str | None:
        """The first of these fields that has a plain value; of a nested record, its name."""
        for name in names:
            text = plain(self.fields.get(name))
            if text and REF.fullmatch(text) is None:  # a ref says who, not what they are called
                return text
        return None

    def all(self, *names: str) -> list[str]:
        """All plain values of these fields, lists opened."""
        found: list[str] = []
        for name in names:
            value = self.fields.get(name)
            for item in value if isinstance(value, list) else [value]:
                text = plain(item)
                if text and text not in found and REF.fullmatch(text) is None:
                    found.append(text)
        return found

    def related(self, letter: str) -> list[str]:
        """Refs of another kind that this record mentions."""
        return [ref for ref in refs_in(self.fields) if ref.startswith(f"{letter}-") and ref != self.ref]

    def mentions(self, words: str) -> bool:
        """Whether all these words stand somewhere in the record."""
        text = json.dumps(self.fields, ensure_ascii=False).lower()
        return all(word in text for word in words.lower().split())


def plain(value: object) -> str | None:
    """A value as words: text and numbers as they are, a record by its name, an address by its parts."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str | int | float):
        return str(value).strip() or None
    if isinstance(value, dict):
        for name in (*_NAME_FIELDS, "number", "phone", "email", "address", "text", "display", "formatted"):
            text = plain(value.get(name))
            if text:
                return text
        lines = [
            plain(value.get(part))
            for part in ("line1", "street", "line2", "city", "region", "state", "postcode")
        ]
        return ", ".join(line for line in lines if line) or None
    if isinstance(value, list):
        return ", ".join(text for text in (plain(item) for item in value) if text) or None
    return None


def parse(text: str) -> Any:
    """The JSON in a text, out of its wrapping; of cut JSON its whole objects; or None."""
    try:
        data = json.loads(text)
    except ValueError:
        return _whole_objects(text) or None
    if isinstance(data, dict) and data.get("untrusted") and "answer" in data:
        return data["answer"]
    return data


def _whole_objects(text: str) -> list[Any]:
    decoder = json.JSONDecoder()
    found: list[Any] = []
    start = text.find("{")
    while start >= 0:
        try:
            data, end = decoder.raw_decode(text, start)
        except ValueError:  # an object that was cut, or no JSON at all: look inside it
            end = start + 1
        else:
            found.append(data)
        start = text.find("{", end)
    return found


def records_in(text: str) -> list[Record]:
    """Every record of a result, each ref once, in order of appearance; fuller ones win over mere mentions."""
    data = parse(text)
    found = list(_walk(data) if data is not None else _lines(text))
    best: dict[str, Record] = {}
    for record in found:
        if record.ref not in best or len(record.fields) > len(best[record.ref].fields):
            best[record.ref] = record
    return list(best.values())


def refs_in(data: object) -> list[str]:
    """Every ref anywhere in a piece of JSON, in order."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return list(dict.fromkeys(_REF_IN_TEXT.findall(text)))


def _walk(data: object) -> Iterator[Record]:
    if isinstance(data, dict):
        for name in _REF_FIELDS:
            ref = data.get(name)
            if isinstance(ref, str) and REF.fullmatch(ref):
                yield Record(ref, data)
                break
        for value in data.values():
            yield from _walk(value)
    elif isinstance(data, list):
        for item in data:
            yield from _walk(item)


def _lines(text: str) -> Iterator[Record]:
    for line in text.splitlines():
        found = _REF_IN_TEXT.search(line)
        if found is not None:
            rest = (line[: found.start()] + line[found.end() :]).strip(" \t|,;:[]()-")
            yield Record(found.group(), {"name": rest} if rest else {})
