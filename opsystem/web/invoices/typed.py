"""Lines of an invoice as they are typed into a form, and as the operation takes them."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents
from opsystem.kit.quantity import parse_milli

ROWS = 6


def read_lines(sent: QueryDict) -> list[dict[str, Any]]:
    """Return the lines that were typed, empty rows left out. Raises Invalid at the field that is wrong."""
    lines: list[dict[str, Any]] = []
    wrong: dict[str, str] = {}
    for place in range(ROWS):
        typed = {
            name: sent.get(f"{name}_{place}", "").strip() for name in ("description", "quantity", "price")
        }
        if not typed["description"] and not typed["price"]:
            continue
        if not typed["description"]:
            wrong[f"description_{place}"] = "Say what it is."
        line: dict[str, Any] = {"description": typed["description"], "taxable": f"taxable_{place}" in sent}
        try:
            line["quantity_milli"] = parse_milli(typed["quantity"] or "1")
        except Invalid as problem:
            wrong[f"quantity_{place}"] = problem.message
        try:
            line["unit_cents"] = parse_cents(typed["price"])
        except Invalid as problem:
            wrong[f"price_{place}"] = problem.message
        lines.append(line)
    if not lines:
        wrong["description_0"] = "Give at least one line."
    if wrong:
        raise Invalid("Please check what is marked.", code="bad_input", fields=wrong)
    return lines


def amount(sent: QueryDict, name: str) -> int:
    """Return an amount that was typed, in US cents. Raises Invalid at its field."""
    try:
        return parse_cents(sent.get(name, ""))
    except Invalid as problem:
        raise Invalid(problem.message, code="bad_input", fields={name: problem.message}) from problem
