"""Sales tax: the rates, where and since when they apply."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.http import HttpResponse

from opsystem.business.taxes.operations import add_tax_rate, remove_tax_rate
from opsystem.business.taxes.queries import list_exemptions, list_tax_rates
from opsystem.kit.errors import Invalid, Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_FIELDS = ("name", "state", "county", "city", "postcodes", "valid_from")


@business_page(Permission.BOOKS_WRITE, "GET", "POST")
def show(door: Door) -> HttpResponse:
    """Show the rates and exemptions, and add a rate."""
    form = FormState()
    if door.is_post:
        sent = door.request.POST
        try:
            given = {name: sent[name] for name in _FIELDS if sent.get(name, "").strip()}
            done = door.perform(add_tax_rate, milli_percent=_percent(sent.get("percent", "")), **given)
            door.tell(f"Added {sent.get('name')}", done=done)
            return door.go("money:taxes")
        except Problem as problem:
            form = FormState.of(sent, problem)
    context = {"form": form, "rates": door.ask(list_tax_rates), "exempt": door.ask(list_exemptions)}
    return door.page("money/taxes.html", context)


@business_page(Permission.BOOKS_WRITE, "POST")
def remove(door: Door, rate: int) -> HttpResponse:
    """Take a rate away."""
    door.tell("Removed the rate", done=door.perform(remove_tax_rate, rate=make_ref("tax", rate)))
    return door.go("money:taxes")


def _percent(text: str) -> int:
    """Return thousandths of a percent of what was typed (`8.25`). Raises Invalid."""
    message = "Give a rate like 8.25."
    try:
        return int(Decimal(text.strip().rstrip("% ")) * 1000)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise Invalid(message, code="bad_input", fields={"percent": message}) from error
