"""Results of commands as people read them in a terminal; programs ask for `--json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_text(result: Any) -> str:
    """Return a list of records as a table, one record as a line a field, anything else as it is."""
    if isinstance(result, Mapping):
        width = max((len(name) for name in result), default=0)
        return "\n".join(f"{name:<{width}}  {_cell(value)}" for name, value in result.items())
    if isinstance(result, list) and all(isinstance(row, Mapping) for row in result):
        return _table(result)
    return _cell(result)


def _table(rows: list[Mapping[str, Any]]) -> str:
    if not rows:
        return "none"
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([_cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return str(value)
