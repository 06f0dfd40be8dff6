"""Invoices that are made again and again by themselves: listed, planned, paused, raised."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.billing.operations import (
    add_billing_plan,
    pause_billing_plan,
    raise_plan,
    resume_billing_plan,
)
from opsystem.business.billing.queries import list_plans
from opsystem.business.overview.queries import show_client
from opsystem.kit.errors import Invalid, Problem
from opsystem.kit.quantity import parse_milli
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.invoices.typed import read_lines, row_count

_FIELDS = ("title", "every_months", "first_on", "last_on", "property")
EVERY = [(1, "Every month"), (2, "Every two months"), (3, "Every three months"), (6, "Twice a year"),
         (12, "Once a year")]  # fmt: skip


@business_page(Permission.MONEY_READ)
def show_list(door: Door) -> HttpResponse:
    """Show all plans, the next due first."""
    return door.page("billing/plans.html", {"plans": door.ask(list_plans)})


@business_page(Permission.INVOICES_WRITE, "GET", "POST")
def add(door: Door, client: int) -> HttpResponse:
    """Plan invoices for a client."""
    ref, sent = make_ref("client", client), door.request.POST
    page = door.ask(show_client, client=ref)
    form = FormState({"quantity_0": "1", "every_months": "1", "rows": "2"})
    if door.is_post:
        try:
            given: dict[str, Any] = {name: sent[name] for name in _FIELDS if sent.get(name, "").strip()}
            done = door.perform(add_billing_plan, client=ref, lines=read_lines(sent), **given)
            door.tell("Planned; its invoices are made by themselves", done=done)
            return door.go("billing:client", client)
        except Invalid as problem:
            form = FormState.of(sent, problem)
    context = {
        "client": page.client, "properties": page.properties, "form": form, "every": EVERY,
        "places": range(row_count(form.values, 2)),
    }  # fmt: skip
    return door.page("billing/plan.html", context)


@business_page(Permission.INVOICES_WRITE, "POST")
def pause(door: Door, plan: int) -> HttpResponse:
    """Make no more invoices of a plan until it is resumed."""
    door.tell("Paused", done=door.perform(pause_billing_plan, plan=make_ref("plan", plan)))
    return door.go_back("billing:plans")


@business_page(Permission.INVOICES_WRITE, "POST")
def resume(door: Door, plan: int) -> HttpResponse:
    """Go on with a plan."""
    door.tell("It goes on", done=door.perform(resume_billing_plan, plan=make_ref("plan", plan)))
    return door.go_back("billing:plans")


@business_page(Permission.INVOICES_WRITE, "GET", "POST")
def price(door: Door, plan: int) -> HttpResponse:
    """Raise or lower the price of a plan from its next invoice on."""
    ref, sent = make_ref("plan", plan), door.request.POST
    form = FormState()
    if door.is_post:
        try:
            done = door.perform(raise_plan, plan=ref, milli_percent=_percent(sent.get("percent", "")))
            door.tell("Changed from the next invoice on", done=done)
            return door.go("billing:plans")
        except Problem as problem:
            form = FormState.of(sent, problem)
    row = next((one for one in door.ask(list_plans) if one.id == plan), None)
    return door.page("billing/price.html", {"plan": row, "number": plan, "form": form})


def _percent(text: str) -> int:
    """Return thousandths of a percent of what was typed (`5` or `-2.5`). Raises Invalid at its field."""
    text = text.strip().rstrip("% ")
    try:
        return -parse_milli(text[1:]) if text.startswith("-") else parse_milli(text)
    except Invalid as problem:
        message = "Give a percentage like 5, or -5 to lower it."
        raise Invalid(message, code="bad_input", fields={"percent": message}) from problem
