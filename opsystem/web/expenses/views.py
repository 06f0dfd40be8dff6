"""Views of expenses: the list with its sum, one to write down, one to correct."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from opsystem.business.expenses.operations import add_expense, edit_expense, void_expense
from opsystem.business.expenses.queries import list_expenses, show_expense
from opsystem.business.expenses.records import CATEGORIES, ExpenseRow
from opsystem.business.jobs.queries import list_jobs
from opsystem.business.team.queries import list_team
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.vault.archives.csv_cells import csv_pieces
from opsystem.web.door import Door, business_page
from opsystem.web.expenses.typed import as_typed, read_expense
from opsystem.web.forms import FormState

_FILTERS = ("text", "category", "job", "since", "until")
_MOST = 1000
_HEADER = ("Number", "Day", "What", "Amount", "Category", "Paid to", "Paid by", "Owed to", "Job", "Voided")


@business_page(Permission.EXPENSES_WRITE)
def show_list(door: Door) -> HttpResponse:
    """Show what was spent, filtered as the address says."""
    given = _asked(door)
    try:
        found, form = door.ask(list_expenses, page=door.page_number, **given), FormState(given)
    except Invalid as problem:
        found, form = door.ask(list_expenses), FormState.of(door.request.GET, problem)
    context = {"found": found, "form": form, "given": given, "categories": CATEGORIES}
    return door.page("expenses/list.html", context)


@business_page(Permission.EXPENSES_WRITE)
def take(door: Door) -> HttpResponse:
    """Give the list as CSV, everything that was asked for."""
    given, rows, page = _asked(door), [], 1
    while True:
        found = door.ask(list_expenses, **given, page=page, size=_MOST)
        rows += found.rows
        if not found.rows or len(rows) >= found.total:
            break
        page += 1
    cells = (
        (one.ref, one.day, one.what, f"{one.cents // 100}.{one.cents % 100:02d}", one.category, one.paid_to,
         one.paid_by.value, one.owed_to_name, one.job or "", one.voided_at is not None)
        for one in rows
    )  # fmt: skip
    answer = HttpResponse(b"".join(csv_pieces(_HEADER, cells)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="Expenses.csv"'
    return answer


@business_page(Permission.EXPENSES_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Write an expense down, with its receipt."""
    way = "own" if door.actor.is_restricted else "bank"
    form = FormState({"paid_by": way, "job": door.request.GET.get("job", "")})
    if door.is_post:
        try:
            done = door.perform(add_expense, **read_expense(door))
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
        else:
            door.tell(f"Added {done.value.ref}")
            return door.go_back("expenses:list")
    return _form(door, form, None)


@business_page(Permission.EXPENSES_WRITE, "GET", "POST")
def edit(door: Door, expense: int) -> HttpResponse:
    """Show an expense; whoever may, corrects it."""
    row = door.ask(show_expense, expense=make_ref("expense", expense))
    if not door.is_post:
        return _form(door, FormState(as_typed(row)), row)
    sent = door.request.POST
    try:
        given = {**read_expense(door), "no_job": not sent.get("job"), "base_version": sent["base_version"]}
        door.perform(edit_expense, expense=row.ref, **given)
    except Invalid as problem:
        return _form(door, FormState.of(sent, problem), row)
    except Conflict as problem:
        if problem.code != "stale":
            raise
        form = FormState.of(sent, problem)
        now = {**form.values, "base_version": str(row.version), "request_id": ""}
        return _form(door, replace(form, values=now, errors={}), row, status=409)
    door.tell(f"Corrected {row.ref}")
    return door.go("expenses:list")


@business_page(Permission.PAYMENTS_WRITE, "POST")
def void(door: Door, expense: int) -> HttpResponse:
    """Take an expense back."""
    ref, reason = make_ref("expense", expense), door.request.POST.get("reason", "").strip()
    door.perform(void_expense, expense=ref, reason=reason or "Written down by mistake")
    door.tell(f"Voided {ref}")
    return door.go("expenses:list")


def _asked(door: Door) -> dict[str, Any]:
    get = door.request.GET
    return {name: get[name] for name in _FILTERS if get.get(name)}


def _form(door: Door, form: FormState, row: ExpenseRow | None, status: int = 200) -> HttpResponse:
    people = door.ask(list_team) if door.actor.may(Permission.TEAM_READ) else []
    context = {
        "form": form,
        "expense": row,
        "may_edit": row is None or (row.voided_at is None and door.actor.may(Permission.PAYMENTS_WRITE)),
        "jobs": door.ask(list_jobs, state="open").rows,
        "people": people,
        "categories": CATEGORIES,
    }
    return door.page("expenses/form.html", context, status)
