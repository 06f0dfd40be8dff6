"""View of what an hour of each person costs: for owner, admin and bookkeeper alone."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.timesheets.operations import set_hour_cost
from opsystem.business.timesheets.queries import list_hour_costs
from opsystem.kit import clock
from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.jobs.planning import team


@business_page(Permission.BOOKS_WRITE, "GET", "POST")
def show(door: Door) -> HttpResponse:
    """Show what hours cost; set one from a day on."""
    form = FormState({"since": localtime(clock.now()).date().isoformat()})
    if door.is_post:
        try:
            cents = parse_cents(door.request.POST.get("cents", ""))
        except Invalid as problem:
            wrong = Invalid(problem.message, fields={"cents": problem.message})
            form = FormState.of(door.request.POST, wrong)
        else:
            outcome = door.submit(set_hour_cost, "member", "since", cents=cents)
            if outcome.done:
                door.tell("Saved", done=outcome.done)
                return door.go("time:costs")
            form = outcome.form
    context = {"form": form, "costs": door.ask(list_hour_costs), "people": team(door)}
    return door.page("time/costs.html", context)
