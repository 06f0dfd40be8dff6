"""Views of the price list."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse

from opsystem.business.prices.operations import add_price, edit_price, remove_price
from opsystem.business.prices.queries import list_prices
from opsystem.business.prices.records import PriceRow
from opsystem.kit.errors import Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Done, Operation, Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.prices.typed import CAN_BE_EMPTY, as_typed, read_price

_LONGEST = 200


@business_page(Permission.PRICES_READ)
def show_list(door: Door) -> HttpResponse:
    """Show the price list by category, searched and filtered as the address says."""
    return _list(door)


@business_page(Permission.PRICES_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Add an entry."""
    form = FormState({"unit": "each", "category": door.request.GET.get("category", "")})
    if door.is_post:
        done, form = _perform(door, add_price)
        if done:
            door.tell(f"Added {form.value('name')}", done=done)
            return door.go("prices:list")
    return door.page("prices/form.html", {"form": form, "price": None, "categories": _categories(door)})


@business_page(Permission.PRICES_WRITE, "GET", "POST")
def edit(door: Door, price: int) -> HttpResponse:
    """Change an entry; that also confirms a suggested one."""
    row = _row(door, price)
    form = FormState(as_typed(row))
    if door.is_post:
        sent = door.request.POST
        emptied = tuple(name for name in CAN_BE_EMPTY if not sent.get(name, "").strip())
        done, form = _perform(door, edit_price, price=row.ref, clear=emptied)
        if done:
            door.tell(f"Saved {form.value('name')}", done=done)
            return door.go("prices:list")
    return door.page("prices/form.html", {"form": form, "price": row, "categories": _categories(door)})


@business_page(Permission.PRICES_WRITE, "POST")
def confirm(door: Door, price: int) -> HttpResponse:
    """Confirm a suggested price as it is."""
    row = _row(door, price)
    door.tell(f"{row.name} is checked", done=door.perform(edit_price, price=row.ref))
    return _list(door) if "HX-Request" in door.request.headers else door.go_back("prices:list")


@business_page(Permission.PRICES_WRITE, "POST")
def remove(door: Door, price: int) -> HttpResponse:
    """Take an entry off the list."""
    row = _row(door, price)
    door.tell(f"Removed {row.name}", done=door.perform(remove_price, price=row.ref))
    return door.go("prices:list")


def _list(door: Door) -> HttpResponse:
    asked = door.request.POST if door.is_post else door.request.GET
    text, check = asked.get("text", "")[:_LONGEST], bool(asked.get("check"))
    every = door.ask(list_prices)
    shown = door.ask(list_prices, text=text, suggested_only=check) if text or check else every
    groups = [(name, list(rows)) for name, rows in groupby(shown, key=lambda row: row.category)]
    suggested = sum(row.suggested for row in every)
    context = {"groups": groups, "total": len(every), "suggested": suggested, "text": text, "check": check}
    return door.page("prices/list.html", context)


def _perform(door: Door, act: Operation[Any], **more: Any) -> tuple[Done[Any] | None, FormState]:
    sent = door.request.POST
    try:
        return door.perform(act, **{**more, **read_price(sent)}), FormState.of(sent)
    except Invalid as problem:
        return None, FormState.of(sent, problem)


def _row(door: Door, number: int) -> PriceRow:
    ref = make_ref("price", number)
    row = next((one for one in door.ask(list_prices) if one.ref == ref), None)
    if row is None:
        raise NotFound("There is no such price.", code="no_price")
    return row


def _categories(door: Door) -> list[str]:
    return sorted({row.category for row in door.ask(list_prices) if row.category})
