"""What stands in the quote form: options with lines, as typed, and as operations take it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from opsystem.business.quotes.inputs import MOST_LINES, MOST_OPTIONS
from opsystem.business.quotes.records import QuoteRecord
from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents
from opsystem.kit.quantity import parse_milli, show_milli

LINE = ("price", "description", "quantity_milli", "unit", "unit_cents", "cost_cents", "taxable", "optional")
_OPTION = ("name", "description", "recommended")
Texts = dict[str, str]


@dataclass
class TypedOption:
    """One option as typed."""

    values: Texts = field(default_factory=dict)
    lines: list[Texts] = field(default_factory=list)


def typed_options(sent: QueryDict) -> list[TypedOption]:
    """Return the options of a sent form; lines nobody wrote anything into are left out."""
    options = []
    for place in range(MOST_OPTIONS):
        start = f"options.{place}."
        if not any(name.startswith(start) for name in sent):
            break
        values = {name: sent.get(start + name, "").strip() for name in _OPTION}
        lines = []
        for spot in range(MOST_LINES + 4):
            line = {name: sent.get(f"{start}lines.{spot}.{name}", "").strip() for name in LINE}
            if line["description"] or line["unit_cents"] or line["price"]:
                lines.append(line)
        options.append(TypedOption(values, lines))
    return options or [TypedOption()]


def options_as_typed(quote: QuoteRecord) -> list[TypedOption]:
    """Return the options of a quote as a person would type them."""
    return [
        TypedOption(
            {
                "name": one.name,
                "description": one.description,
                "recommended": "on" if one.recommended else "",
            },
            [
                {
                    "price": line.price or "",
                    "description": line.description,
                    "quantity_milli": show_milli(line.quantity_milli),
                    "unit": line.unit,
                    "unit_cents": amount(line.unit_cents),
                    "cost_cents": amount(line.cost_cents) if line.cost_cents is not None else "",
                    "taxable": "on" if line.taxable else "",
                    "optional": "on" if line.optional else "",
                }
                for line in one.lines
            ],
        )
        for one in quote.options
    ]


def flat(options: list[TypedOption]) -> Texts:
    """Return the fields of the form by their names."""
    values = {}
    for place, option in enumerate(options):
        for name, text in option.values.items():
            values[f"options.{place}.{name}"] = text
        for spot, line in enumerate(option.lines):
            for name, text in line.items():
                values[f"options.{place}.lines.{spot}.{name}"] = text
    return values


def read_options(options: list[TypedOption]) -> list[dict[str, Any]]:
    """Return options as operations take them. Raises Invalid at every field that cannot be read."""
    wrong: Texts = {}
    given = []
    for place, option in enumerate(options):
        start = f"options.{place}"
        lines = [_line(one, f"{start}.lines.{spot}", wrong) for spot, one in enumerate(option.lines)]
        recommended = option.values.get("recommended") == "on"
        named = {name: option.values.get(name, "") for name in ("name", "description")}
        given.append({**named, "recommended": recommended, "lines": lines})
    if wrong:
        raise Invalid("Please check what is marked.", code="bad_input", fields=wrong)
    return given


def _line(line: Texts, at: str, wrong: Texts) -> dict[str, Any]:
    given: dict[str, Any] = {
        "description": line["description"],
        "taxable": line["taxable"] == "on",
        "optional": line["optional"] == "on",
    }
    for name in ("price", "unit"):
        if line[name]:
            given[name] = line[name]
    readers: dict[str, Callable[[str], int]] = {
        "unit_cents": parse_cents,
        "cost_cents": parse_cents,
        "quantity_milli": parse_milli,
    }
    for name, read in readers.items():
        if line[name]:
            try:
                given[name] = read(line[name])
            except Invalid as problem:
                wrong[f"{at}.{name}"] = problem.message
    return given


def read_share(sent: Mapping[str, str], name: str) -> dict[str, int]:
    """Return a discount or deposit typed as `10 %` or `150.00`; empty is none. Raises Invalid."""
    text = sent.get(name, "").strip()
    if not text:
        return {}
    message = "Give an amount like 150.00, or a percentage up to 100 %."
    try:
        if not text.endswith("%"):
            return {"cents": parse_cents(text)}
        milli = parse_milli(text[:-1])
    except Invalid as problem:
        raise Invalid(message, code=problem.code, fields={name: message}) from problem
    if milli > 100_000:
        raise Invalid(message, code="bad_percentage", fields={name: message})
    return {"milli_percent": milli}


def share(cents: int, milli_percent: int) -> str:
    """Return a discount or deposit as a person would type it."""
    if milli_percent:
        return f"{show_milli(milli_percent)} %"
    return amount(cents) if cents else ""


def amount(cents: int) -> str:
    """Return cents as a person would type them."""
    return f"{cents // 100:,}.{cents % 100:02d}"
