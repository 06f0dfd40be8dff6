"""The tools Claude is offered: the catalogue, for one role, in a fixed order.

The same role is offered the same bytes, so that they are cached.
"""

from __future__ import annotations

from typing import Any

from opsystem.business.nouns import CATALOGUE
from opsystem.operations import Actor, Declared, Effect, Query


def tools_for(actor: Actor) -> list[dict[str, Any]]:
    """Return the tool definitions for an actor's role, by name."""
    return [_tool(entry) for entry in CATALOGUE.offered_to(actor) if entry.assistant]


def _tool(entry: Declared[Any]) -> dict[str, Any]:
    note = ""
    if not isinstance(entry, Query) and entry.effect >= Effect.SEND:
        note = "\nA person is shown the exact content first and decides."
    return {
        "name": entry.name,
        "description": entry.description + note,
        "input_schema": _plain(entry.schema()),
    }


def _plain(schema: Any) -> Any:
    """Return a schema without the titles that pydantic adds; they say nothing the names do not say."""
    if isinstance(schema, dict):
        return {
            name: _plain(value)
            for name, value in schema.items()
            if not (name == "title" and isinstance(value, str))
        }
    if isinstance(schema, list):
        return [_plain(value) for value in schema]
    return schema
