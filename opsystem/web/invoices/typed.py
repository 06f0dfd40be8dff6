"""Lines of an invoice as they are typed into a form, and as the operation takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from opsystem.business.invoices.records import DraftLine
from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents
from opsystem.kit.quantity import parse_milli, show_milli

ROWS, SPARE, MOST = 6, 3, 500
HUNDRED_PERCENT = 100_000
# What a line keeps though nobody types it: where it came from, and its own discount.
_KEPT = ("unit", "cost_cents", "discount_cents", "discount_milli_percent", "price", "job_line")


def row_count(sent: Mapping[str, str], otherwise: int = ROWS) -> int:
    """Return how many rows of lines a form has."""
    told = sent.get("rows", "")
    return min(int(told), MOST) if told.isdecimal() and len(told) < len(str(MOST)) + 1 else otherwise


def read_lines(sent: QueryDict, before: Sequence[DraftLine] = ()) -> list[dict[str, Any]]:
    """Return the lines that were typed, empty rows left out. Raises Invalid at the field that is wrong.

    `before` are the lines that stand now. What is not typed (the job's line, a discount) is kept of the one
    that the row was made of, found by the words it had: so that of two people's edits none is mixed up.
    """
    lines: list[dict[str, Any]] = []
    left = list(before)
    wrong: dict[str, str] = {}
    for place in range(row_count(sent)):
        typed = {
            name: sent.get(f"{name}_{place}", "").strip() for name in ("description", "quantity", "price")
        }
        if not typed["description"] and not typed["price"]:
            continue
        if not typed["description"]:
            wrong[f"description_{place}"] = "Say what it is."
        line: dict[str, Any] = {
            **_kept(left, sent.get(f"was_{place}", "")),
            "description": typed["description"],
            "taxable": f"taxable_{place}" in sent,
        }
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


def _kept(left: list[DraftLine], was: str) -> dict[str, Any]:
    found = next((line for line in left if line.description == was), None)
    if found is None:
        return {}
    left.remove(found)
    return {name: getattr(found, name) for name in _KEPT}


def lines_as_typed(lines: Sequence[DraftLine]) -> dict[str, str]:
    """Return the lines of a draft as a person would type them."""
    values = {"rows": str(len(lines) + SPARE)}
    for place, line in enumerate(lines):
        values[f"description_{place}"] = values[f"was_{place}"] = line.description
        values[f"quantity_{place}"] = show_milli(line.quantity_milli)
        values[f"price_{place}"] = shown_amount(line.unit_cents)
        if line.taxable:
            values[f"taxable_{place}"] = "on"
    return values


def amount(sent: Mapping[str, str], name: str) -> int:
    """Return an amount that was typed, in US cents. Raises Invalid at its field."""
    try:
        return parse_cents(sent.get(name, ""))
    except Invalid as problem:
        raise Invalid(problem.message, code="bad_input", fields={name: problem.message}) from problem


def shown_amount(cents: int) -> str:
    """Return US cents as a person would type them."""
    return f"{cents / 100:.2f}"


def read_discount(text: str) -> dict[str, int]:
    """Return a discount typed as `10 %` or `150.00`; empty is none. Raises Invalid at its field."""
    text = text.strip()
    message = "Give an amount like 150.00, or a percentage like 10 %."
    try:
        if not text.endswith("%"):
            return {"cents": parse_cents(text)} if text else {}
        milli = parse_milli(text[:-1])
    except Invalid as problem:
        raise Invalid(message, code="bad_input", fields={"discount": message}) from problem
    if milli > HUNDRED_PERCENT:
        raise Invalid(message, code="bad_input", fields={"discount": message})
    return {"milli_percent": milli}
