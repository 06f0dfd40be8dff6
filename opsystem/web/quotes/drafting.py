"""Views in which a quote is written."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

from django.http import HttpResponse

from opsystem.business.overview.queries import list_clients, show_client
from opsystem.business.prices.queries import list_prices
from opsystem.business.quotes.operations import (
    add_quote,
    begin_editing_quote,
    edit_quote,
    refresh_quote_prices,
)
from opsystem.business.quotes.queries import show_quote
from opsystem.business.quotes.records import QuoteRecord
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.quotes.rearranging import rearrange
from opsystem.web.quotes.typed import flat, options_as_typed, read_options, read_share, share, typed_options

_FEW_CLIENTS = 12
_SAVE = "save"


@business_page(Permission.QUOTES_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Write a quote: first for whom, then with what from the price list; a quick way for the phone."""
    asked = door.request.POST if door.is_post else door.request.GET
    if not asked.get("client", "").isdecimal():
        text = asked.get("text", "")
        found = door.ask(list_clients, text=text, **({} if text else {"sort": "last_contact"}))
        given = {"clients": found.rows[:_FEW_CLIENTS], "total": found.total, "text": text}
        return door.page("quotes/choose_client.html", given)
    ref = make_ref("client", int(asked["client"]))
    form = FormState({"job": asked.get("job", "")})
    if door.is_post:
        lines = [{"price": one} for one in asked.getlist("price")[:100]]
        job: dict[str, Any] = {"job": asked["job"]} if asked.get("job") else {}
        outcome = door.submit(
            add_quote, "title", client=ref, options=[{"lines": lines}] if lines else [], **job
        )
        if outcome.done:
            made = outcome.done.value
            door.tell(f"Wrote {made.ref}", done=outcome.done)
            return door.go("quotes:show" if lines else "quotes:edit", made.id)
        form = outcome.form
    prices = door.ask(list_prices)
    context = {
        "form": form,
        "client": door.ask(show_client, client=ref).client,
        "groups": [(name, list(rows)) for name, rows in groupby(prices, key=lambda row: row.category)],
    }
    return door.page("quotes/add.html", context)


@business_page(Permission.QUOTES_WRITE, "GET", "POST")
def edit(door: Door, quote: int) -> HttpResponse:
    """Change a draft; buttons inside the form rearrange it without saving, so it works without scripts."""
    ref = make_ref("quote", quote)
    row = door.ask(show_quote, quote=ref)
    if not door.is_post:
        others = door.perform(begin_editing_quote, quote=ref).value
        return _editor(door, row, FormState(_as_typed(row)), others)
    sent, options = door.request.POST, typed_options(door.request.POST)
    act = sent.get("act", _SAVE)
    if act != _SAVE:
        rearrange(options, act, _chosen(door, sent.get(f"add.{act.rpartition('.')[2]}", "")))
        return _editor(door, row, FormState({**_kept(sent), **flat(options)}), [])
    try:
        done = door.perform(edit_quote, quote=ref, **_read(sent), options=read_options(options))
    except Invalid as problem:
        form = FormState.of(sent, problem)
        return _editor(door, row, replace(form, values={**_kept(sent), **flat(options)}), [])
    except Conflict as problem:
        if problem.code != "stale":
            raise
        now = door.ask(show_quote, quote=ref)
        values = {**_kept(sent), **flat(options), "base_version": str(now.version), "request_id": ""}
        return _editor(door, now, FormState(values, {}, problem.message), [], stale=True)
    door.tell(f"Saved {ref}", done=done)
    return door.go("quotes:show", quote)


@business_page(Permission.QUOTES_WRITE, "POST")
def refresh(door: Door, quote: int) -> HttpResponse:
    """Take the present prices into a draft."""
    door.tell("Took the new prices", done=door.perform(refresh_quote_prices, quote=make_ref("quote", quote)))
    return door.go("quotes:show", quote)


def _editor(
    door: Door, row: QuoteRecord, form: FormState, others: list[str], *, stale: bool = False
) -> HttpResponse:
    shape = [
        sum(
            1 for name in form.values if name.startswith(f"options.{place}.lines.") and name.endswith(".unit")
        )
        for place in range(sum(1 for name in form.values if name.endswith(".recommended")))
    ]
    context = {
        "quote": row,
        "form": form,
        "shape": shape,
        "others": others,
        "stale": stale,
        "prices": door.ask(list_prices),
        "properties": door.ask(show_client, client=row.client).properties,
    }
    return door.page("quotes/edit.html", context, status=409 if stale else 200)


def _as_typed(row: QuoteRecord) -> dict[str, Any]:
    return {
        "title": row.title,
        "message": row.message,
        "property": row.property or "",
        "expires_on": row.expires_on.isoformat() if row.expires_on else "",
        "discount": share(row.discount_cents, row.discount_milli_percent),
        "deposit": share(row.deposit_cents, row.deposit_milli_percent),
        "base_version": str(row.version),
        **flat(options_as_typed(row)),
    }


def _kept(sent: Any) -> dict[str, str]:
    names = (
        "title",
        "message",
        "property",
        "expires_on",
        "discount",
        "deposit",
        "base_version",
        "request_id",
    )
    return {name: sent.get(name, "") for name in names}


def _read(sent: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"message": sent.get("message", "")}
    for name in ("title", "property", "expires_on", "base_version"):
        if sent.get(name, "").strip():
            given[name] = sent[name]
    return {**given, "discount": read_share(sent, "discount"), "deposit": read_share(sent, "deposit")}


def _chosen(door: Door, ref: str) -> Any:
    return next((one for one in door.ask(list_prices) if one.ref == ref), None) if ref else None
