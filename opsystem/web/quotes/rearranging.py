"""What the buttons inside the quote form do before anything is saved: add, move, drop."""

from __future__ import annotations

from opsystem.business.prices.records import PriceRow
from opsystem.business.quotes.inputs import MOST_LINES, MOST_OPTIONS
from opsystem.web.quotes.typed import TypedOption, amount


def rearrange(options: list[TypedOption], act: str, chosen: PriceRow | None) -> None:
    """Do what a button says (`up.0.2`, `list.0`, `option`, `drop_option.1`); unknown ones do nothing."""
    verb, *rest = act.split(".")
    numbers = [int(one) for one in rest if one.isdecimal()]
    if verb == "option" and len(options) < MOST_OPTIONS:
        copied = [dict(line) for line in options[-1].lines]
        options.append(TypedOption({"name": "", "description": "", "recommended": ""}, copied))
        return
    if not numbers or numbers[0] >= len(options):
        return
    if verb == "drop_option" and len(options) > 1:
        del options[numbers[0]]
        return
    lines = options[numbers[0]].lines
    if verb == "list" and chosen is not None and len(lines) < MOST_LINES:
        lines.append(_from_list(chosen))
    elif len(numbers) > 1 and numbers[1] < len(lines):
        _move(lines, verb, numbers[1])


def _move(lines: list[dict[str, str]], verb: str, spot: int) -> None:
    if verb == "drop":
        del lines[spot]
    elif verb == "up" and spot > 0:
        lines.insert(spot - 1, lines.pop(spot))
    elif verb == "down":
        lines.insert(spot + 1, lines.pop(spot))


def _from_list(price: PriceRow) -> dict[str, str]:
    return {
        "price": price.ref,
        "description": price.name,
        "quantity_milli": "1",
        "unit": price.unit,
        "unit_cents": amount(price.price_cents),
        "cost_cents": amount(price.cost_cents) if price.cost_cents is not None else "",
        "taxable": "on" if price.taxable else "",
        "optional": "",
    }
