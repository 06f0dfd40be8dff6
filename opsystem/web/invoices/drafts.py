"""Drafts: from a blank page or from a job, looked at, and issued."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.billing.operations import draft_job_invoice
from opsystem.business.invoices.operations import draft_invoice, issue_invoice, remove_draft
from opsystem.business.invoices.queries import show_draft
from opsystem.business.overview.queries import list_clients, show_client
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import make_ref, parse_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.invoices.typed import read_lines, row_count

_FEW = 12


@business_page(Permission.INVOICES_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Write an invoice from a blank page: first for whom, then its lines."""
    asked = door.request.POST if door.is_post else door.request.GET
    if not asked.get("client", "").isdecimal():
        text = asked.get("text", "")
        found = door.ask(list_clients, text=text, **({} if text else {"sort": "last_contact"}))
        return door.page("invoices/choose.html", {"clients": found.rows[:_FEW], "text": text})
    client = door.ask(show_client, client=make_ref("client", int(asked["client"])))
    form = FormState({"quantity_0": "1"})
    if door.is_post:
        try:
            lines = read_lines(asked)
            given = {
                name: asked[name] for name in ("title", "notes", "property") if asked.get(name, "").strip()
            }
            done = door.perform(draft_invoice, client=client.client.ref, lines=lines, **given)
            return door.go("invoices:draft", done.value.id)
        except Invalid as problem:
            form = FormState.of(asked, problem)
    context = {
        "form": form,
        "client": client.client,
        "properties": client.properties,
        "places": range(row_count(asked)),
    }
    return door.page("invoices/form.html", context)


@business_page(Permission.INVOICES_WRITE, "POST")
def from_job(door: Door, job: int) -> HttpResponse:
    """Draft an invoice of all that is open on a job; one that waits already is shown instead."""
    try:
        done = door.perform(draft_job_invoice, job=make_ref("job", job))
    except Conflict as problem:
        if "draft" not in problem.fields:
            raise
        return door.go("invoices:draft", parse_ref(problem.fields["draft"])[1])
    return door.go("invoices:draft", done.value.id)


@business_page(Permission.MONEY_READ)
def show(door: Door, draft: int) -> HttpResponse:
    """Show a draft with what it would come to."""
    return door.page("invoices/draft.html", {"draft": door.ask(show_draft, draft=make_ref("draft", draft))})


@business_page(Permission.INVOICES_WRITE, "POST")
def issue(door: Door, draft: int) -> HttpResponse:
    """Issue a draft."""
    done = door.perform(issue_invoice, draft=make_ref("draft", draft))
    door.tell(f"Issued {done.value.ref}")
    return door.go("invoices:show", done.value.id)


@business_page(Permission.INVOICES_WRITE, "POST")
def remove(door: Door, draft: int) -> HttpResponse:
    """Throw a draft away."""
    door.tell("Threw the draft away", done=door.perform(remove_draft, draft=make_ref("draft", draft)))
    return door.go("invoices:list")
