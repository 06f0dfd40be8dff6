"""Views of a client's answer as the team notes it, and of the job that follows."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.acceptance.converting import convert_quote
from opsystem.business.acceptance.operations import accept_quote, decline_quote
from opsystem.business.acceptance.queries import list_open_lines
from opsystem.business.quotes.queries import show_quote
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.jobs.planning import lengths, people_sent, submit_timed, team, tomorrow


@business_page(Permission.QUOTES_WRITE, "GET", "POST")
def accept(door: Door, quote: int) -> HttpResponse:
    """Note that the client accepts: the terms, then the option, then the name."""
    ref = make_ref("quote", quote)
    row = door.ask(show_quote, quote=ref)
    form = FormState({"name": row.client_name, "option": str(row.options[0].id) if row.options else ""})
    if door.is_post:
        sent = door.request.POST
        option = int(sent["option"]) if sent.get("option", "").isdecimal() else None
        mine = {line.id for one in row.options if one.id == option for line in one.lines if line.optional}
        chosen = [int(one) for one in sent.getlist("line") if one.isdecimal() and int(one) in mine]
        given: dict[str, Any] = {"option": option, "optional_lines": chosen, "pays_all": "pays_all" in sent}
        outcome = door.submit(accept_quote, "name", "terms_version", quote=ref, **given)
        if outcome.done:
            door.tell(f"{ref} is accepted", done=outcome.done)
            return door.go("quotes:show", quote)
        form = outcome.form
    return door.page("quotes/accept.html", {"quote": row, "form": form})


@business_page(Permission.QUOTES_WRITE, "POST")
def decline(door: Door, quote: int) -> HttpResponse:
    """Note that the client declines."""
    ref, reason = make_ref("quote", quote), door.request.POST.get("reason", "")
    door.tell(f"Noted that {ref} is declined", done=door.perform(decline_quote, quote=ref, reason=reason))
    return door.go("quotes:show", quote)


@business_page(Permission.QUOTES_WRITE, "GET", "POST")
def convert(door: Door, quote: int) -> HttpResponse:
    """Make a job of an accepted quote: what of it, when, and who goes."""
    ref = make_ref("quote", quote)
    row = door.ask(show_quote, quote=ref)
    lines = [one for one in door.ask(list_open_lines, quote=ref) if one.open_milli]
    me = [door.actor.member_id] if door.actor.member_id else []
    form = FormState(
        {
            "title": row.title,
            "date": tomorrow(),
            "time": "09:00",
            "minutes": 120,
            "members": me,
            "line": [one.id for one in lines],
        }
    )
    if door.is_post:
        sent = door.request.POST
        parts = [{"line": int(one)} for one in sent.getlist("line") if one.isdecimal()]
        given = {"parts": parts, "members": people_sent(sent)}
        outcome = submit_timed(door, convert_quote, "title", "minutes", quote=ref, **given)
        if outcome.done:
            made = outcome.done.value
            left = f" {made.lines_left} lines stay open." if made.lines_left else ""
            door.tell(f"Made {made.ref} of {ref}.{left}", done=outcome.done)
            return door.go("jobs:show", made.id)
        form = outcome.form
    context = {"quote": row, "form": form, "lines": lines, "people": team(door), "lengths": lengths()}
    return door.page("quotes/convert.html", context)
