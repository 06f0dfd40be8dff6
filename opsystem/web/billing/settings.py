"""How the business invoices: days to pay, first number, words at the foot, what goes out by itself."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse

from opsystem.business.invoices.operations import edit_invoice_settings
from opsystem.business.invoices.settings import show_invoice_settings
from opsystem.kit.errors import Conflict
from opsystem.operations import Permission
from opsystem.web.door import Door, Outcome, business_page
from opsystem.web.forms import FormState

_FIELDS = ("first_number", "terms_days", "statement_day")


@business_page(Permission.BOOKS_WRITE, "GET", "POST")
def show(door: Door) -> HttpResponse:
    """Show how the business invoices, and change it."""
    row = door.ask(show_invoice_settings)
    form = FormState(
        {
            **asdict(row),
            "reminders_on": "on" if row.reminders_on else None,
            "statement_day": row.statement_day or 0,
        }
    )
    if door.is_post:
        outcome = _change(door)
        if outcome.done:
            door.tell("Saved", done=outcome.done)
            return door.go("billing:settings")
        form = outcome.form
    days = [(0, "Not by themselves"), *((day, f"On day {day} of each month") for day in range(1, 29))]
    return door.page("billing/settings.html", {"form": form, "days": days})


def _change(door: Door) -> Outcome:
    sent = door.request.POST
    try:
        return door.submit(
            edit_invoice_settings,
            *_FIELDS,
            footer=sent.get("footer", ""),
            reminders_on="reminders_on" in sent,
        )
    except Conflict as problem:
        told = Conflict(problem.message, code=problem.code, fields={"first_number": problem.message})
        return Outcome(None, FormState.of(sent, told))
