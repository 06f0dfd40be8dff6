"""Tools as offered, and how a wish becomes an input that fits a tool's schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.anthropic.request.body import Tool as OfferedTool

# What a rule calls an argument, and what a tool may call it instead.
_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "about": ("about", "ref", "client", "on", "record"),
    "body": ("body", "text", "message", "words"),
    "change": ("change", "ref", "changeset"),
    "client": ("client", "client_ref", "ref", "about", "to"),
    "day": ("day", "date"),
    "job": ("job", "ref", "job_ref"),
    "member": ("member", "members", "assignee", "assigned_to"),
    "members": ("members", "member", "assignees", "assignee"),
    "minutes": ("minutes", "duration_minutes", "duration"),
    "notes": ("notes", "note", "description"),
    "ref": ("ref", "visit", "job", "client", "thread", "file", "property", "about"),
    "since": ("since", "from_date", "start", "day", "date"),
    "starts_at": ("starts_at", "start", "at", "when"),
    "state": ("state", "status"),
    "subject": ("subject", "title"),
    "text": ("text", "query", "words", "q", "name"),
    "thread": ("thread", "ref", "thread_ref"),
    "title": ("title", "summary", "name"),
    "until": ("until", "to_date", "end"),
    "visit": ("visit", "ref", "visit_ref"),
}


@dataclass(frozen=True)
class Tool:
    """One tool the model was offered."""

    name: str
    description: str
    schema: dict[str, Any]

    @property
    def properties(self) -> dict[str, dict[str, Any]]:
        """The schemas of its arguments, references followed."""
        found = self.schema.get("properties", {})
        return {name: self._followed(part) for name, part in found.items()} if isinstance(found, dict) else {}

    def argument(self, wish: str) -> str | None:
        """The tool's own name for an argument, or None where it has none."""
        properties = self.properties
        return next((name for name in _OTHER_NAMES.get(wish, (wish,)) if name in properties), None)

    def choices(self, wish: str) -> list[Any]:
        """The values an argument is limited to; empty where it is free."""
        name = self.argument(wish)
        return [] if name is None else _choices(self.properties[name])

    def says_inclusive(self, wish: str) -> bool | None:
        """Whether the last day of a range counts, where the description tells; None where it does not."""
        name = self.argument(wish)
        words = f"{'' if name is None else self.properties[name].get('description', '')}".lower()
        if "both included" in self.description or "both inclusive" in self.description:
            return True
        if any(
            sign in words
            for sign in ("exclusive", "not including", "not included", "up to but", "before this")
        ):
            return False
        if any(sign in words for sign in ("inclusive", "included", "including", "last day", "through")):
            return True
        return None

    def fit(self, wishes: Mapping[str, Any]) -> dict[str, Any]:
        """The input made of these wishes: renamed, put into the schema's types, unknown ones left out."""
        properties = self.properties
        made: dict[str, Any] = {}
        for wish, value in wishes.items():
            name = self.argument(wish)
            if name is None or name in made or value is None:
                continue
            fitted = _fitted(value, properties[name])
            if fitted is not None:
                made[name] = fitted
        for name in self.schema.get("required", ()):
            if name not in made and _allows_null(properties.get(name, {})):
                made[name] = None
        return {name: made[name] for name in properties if name in made}

    def _followed(self, part: Any) -> dict[str, Any]:
        if not isinstance(part, dict):
            return {}
        target = part.get("$ref", "")
        if target.startswith("#/$defs/"):
            return {**self.schema.get("$defs", {}).get(target.removeprefix("#/$defs/"), {}), **part}
        kinds = [self._followed(option) for option in part.get("anyOf", ())]
        real = [kind for kind in kinds if kind.get("type") != "null"]
        if len(real) == 1:
            return {**real[0], **part}
        return part


def offered(tools: list[OfferedTool]) -> dict[str, Tool]:
    """The tools of a request by name."""
    return {tool.name: Tool(tool.name, tool.description, tool.input_schema) for tool in tools}


def _allows_null(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("type", ())
    return "null" in kinds or any(option.get("type") == "null" for option in schema.get("anyOf", ()))


def _choices(schema: Mapping[str, Any]) -> list[Any]:
    if isinstance(schema.get("items"), dict) and "enum" in schema["items"]:
        return list(schema["items"]["enum"])
    if "const" in schema:
        return [schema["const"]]
    return list(schema.get("enum", ()))


def _fitted(value: Any, schema: Mapping[str, Any]) -> Any:
    kind = schema.get("type")
    if kind == "array":
        items = value if isinstance(value, list) else [value]
        inner = schema.get("items", {})
        inner = inner if isinstance(inner, dict) else {}
        kept = [_fitted(item, inner) for item in items]
        return [item for item in kept if item is not None] or None
    if isinstance(value, list):
        value = value[0] if value else None
    choices = schema.get("enum")
    if choices is not None:
        return next((choice for choice in choices if str(choice).lower() == str(value).lower()), None)
    if isinstance(value, dt.datetime):
        return (
            value.date().isoformat()
            if schema.get("format") == "date"
            else value.isoformat(timespec="seconds")
        )
    if isinstance(value, dt.date):
        return f"{value.isoformat()}T00:00:00Z" if schema.get("format") == "date-time" else value.isoformat()
    if kind == "integer" and isinstance(value, str):
        return int(value) if value.isdigit() else None
    if kind == "string" and not isinstance(value, str):
        return str(value)
    return value
