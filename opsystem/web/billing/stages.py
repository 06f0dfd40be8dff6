"""A job billed by stages: agreed once, billed one after the other, what was held back at the end."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict

from opsystem.business.billing.operations import agree_progress, bill_stage
from opsystem.business.billing.queries import show_progress
from opsystem.business.overview.queries import show_job
from opsystem.kit.errors import Invalid, Problem
from opsystem.kit.quantity import parse_milli
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.invoices.typed import amount

ROWS = 6
_WRONG_SHARE = "Give a share like 30."


@business_page(Permission.MONEY_READ, "GET", "POST")
def show(door: Door, job: int) -> HttpResponse:
    """Show the stages of a job, or agree them."""
    ref = make_ref("job", job)
    form = FormState({"name_0": "Start", "share_0": "50", "name_1": "Finish", "share_1": "50"})
    if door.is_post:
        try:
            door.tell("Agreed", done=door.perform(agree_progress, job=ref, **_given(door.request.POST)))
            return door.go("billing:stages", job)
        except Problem as problem:
            form = FormState.of(door.request.POST, problem)
    context = {
        "job": door.ask(show_job, job=ref), "progress": door.ask(show_progress, job=ref), "form": form,
        "places": range(ROWS), "number": job,
    }  # fmt: skip
    return door.page("billing/stages.html", context)


@business_page(Permission.INVOICES_WRITE, "POST")
def bill(door: Door, job: int) -> HttpResponse:
    """Issue the invoice of the next stage, or of what was held back."""
    done = door.perform(bill_stage, job=make_ref("job", job))
    door.tell(f"Issued {done.value.ref}")
    return door.go("invoices:show", done.value.id)


def _given(sent: QueryDict) -> dict[str, Any]:
    """Return what `agree_progress` takes of the form. Raises Invalid at the field that is wrong."""
    stages, wrong = [], {}
    for place in range(ROWS):
        name, share = sent.get(f"name_{place}", "").strip(), sent.get(f"share_{place}", "").strip()
        if not name and not share:
            continue
        try:
            stages.append({"name": name or f"Stage {place + 1}", "share": parse_milli(share.rstrip("% "))})
        except Invalid:
            wrong[f"share_{place}"] = _WRONG_SHARE
    held = sent.get("retainage", "").strip().rstrip("% ")
    try:
        retained = parse_milli(held) if held.strip("0.") else 0
    except Invalid:
        retained, wrong["retainage"] = 0, "Give a percentage like 10."
    if not stages:
        wrong.setdefault("name_0", "Give at least one stage.")
    if wrong:
        raise Invalid("Please check what is marked.", code="bad_input", fields=wrong)
    return {
        "sum_cents": amount(sent, "sum_cents"), "stages": stages, "retainage_milli_percent": retained,
        "taxable": "taxable" in sent,
    }  # fmt: skip
