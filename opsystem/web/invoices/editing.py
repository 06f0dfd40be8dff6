"""A draft edited on its page. Of two people's edits the later is shown what stands now, and loses nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict

from opsystem.business.invoices.operations import edit_draft
from opsystem.business.invoices.queries import show_draft
from opsystem.business.invoices.records import DraftPage
from opsystem.kit.errors import Conflict, Invalid, Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.invoices.typed import lines_as_typed, read_discount, read_lines, row_count, shown_amount


@business_page(Permission.INVOICES_WRITE, "GET", "POST")
def edit(door: Door, draft: int) -> HttpResponse:
    """Change the lines, words, discount and terms of a draft."""
    page = door.ask(show_draft, draft=make_ref("draft", draft))
    form, stale = _form(page), False
    if door.is_post:
        sent = door.request.POST
        try:
            done = door.perform(edit_draft, draft=page.ref, **_given(sent, page))
            door.tell("Saved the draft", done=done)
            return door.go("invoices:draft", draft)
        except (Invalid, Conflict) as problem:
            stale = problem.code == "stale"
            form = _shown_again(sent, page, problem, stale=stale)
    context = {"draft": page, "form": form, "stale": stale, "places": range(row_count(form.values))}
    return door.page("invoices/edit.html", context, status=409 if stale else 200)


def _form(page: DraftPage) -> FormState:
    off = shown_amount(page.discount_cents) if page.discount_cents else ""
    if page.discount_milli_percent:
        off = f"{page.discount_milli_percent / 1000:g} %"
    values = {
        "title": page.title, "notes": page.notes, "terms_days": str(page.terms_days), "discount": off,
        "base_version": str(page.version), **lines_as_typed(page.lines),
    }  # fmt: skip
    return FormState(values)


def _given(sent: QueryDict, page: DraftPage) -> dict[str, Any]:
    lines = read_lines(sent, page.lines)
    typed = sent.get("terms_days", "").strip()
    terms = {"terms_days": typed} if typed else {}
    return {
        "lines": lines, "title": sent.get("title", ""), "notes": sent.get("notes", ""), **terms,
        "discount": read_discount(sent.get("discount", "")), "base_version": sent.get("base_version", ""),
    }  # fmt: skip


def _shown_again(sent: QueryDict, page: DraftPage, problem: Problem, *, stale: bool) -> FormState:
    form = FormState.of(sent, problem)
    # Saved once more, it is an edit of what stands now and was shown beside it.
    newer = {"base_version": str(page.version)} if stale else {}
    return FormState({**form.values, **newer}, {} if stale else form.errors, form.message)
