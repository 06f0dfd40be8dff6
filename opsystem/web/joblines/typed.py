"""What stands in the form of a job's line, read as the operations take it, and the other way round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from opsystem.business.joblines.records import JobLineRow
from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents
from opsystem.kit.quantity import parse_milli, show_milli

_READ: dict[str, Callable[[str], int]] = {
    "quantity_milli": parse_milli,
    "unit_cents": parse_cents,
    "cost_cents": parse_cents,
}


def read_line(sent: QueryDict) -> dict[str, Any]:
    """Return what was typed; empty fields are left out. Raises Invalid at each that cannot be read."""
    given: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name in ("price", "description", "unit"):
        if sent.get(name, "").strip():
            given[name] = str(sent[name]).strip()
    for name, read in _READ.items():
        if sent.get(name, "").strip():
            try:
                given[name] = read(str(sent[name]))
            except Invalid as problem:
                wrong[name] = problem.message
    if wrong:
        raise Invalid("Please check what is marked.", code="bad_input", fields=wrong)
    return given


def as_typed(line: JobLineRow) -> dict[str, str]:
    """Return the form's fields of a line, as a person would type them."""
    return {
        "description": line.description,
        "quantity_milli": show_milli(line.quantity_milli),
        "unit": line.unit,
        "unit_cents": _amount(line.unit_cents),
        "cost_cents": _amount(line.cost_cents),
        "base_version": str(line.version),
        **({"taxable": "on"} if line.taxable else {}),
    }


def _amount(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100:,}.{cents % 100:02d}"
