"""How a client answers a quote: checks his choice, reads the terms, signs; or declines, or asks."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpResponse

from opsystem.business.acceptance.client_side import accept_own_quote, decline_own_quote
from opsystem.business.hub.answering import ask_about_my_quote
from opsystem.business.hub.quotes import WAITING
from opsystem.business.quotes.records import QuoteRecord
from opsystem.kit.errors import Conflict, Invalid
from opsystem.web.forms import FormState
from opsystem.web.hub.choosing import Chosen, price
from opsystem.web.hub.door import ClientDoor, client_page
from opsystem.web.hub.quotes import read_quote

_UNREAD = "Read the terms, then tick that you accept them."


@client_page("GET", "POST")
def accept(door: ClientDoor, quote: int) -> HttpResponse:
    """Show what was chosen with its total and the terms, then take name or signature."""
    told, first = read_quote(door, quote)
    if first is not None:
        return first
    sent = door.request.POST if door.is_post else door.request.GET
    chosen, form = Chosen.of(sent, told), FormState()
    if door.is_post:
        try:
            return _accepted(door, told, chosen)
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
        except Conflict as problem:
            return door.go("quote", quote, tell=problem.message)
    priced = price(door, told, chosen) if told.state in WAITING else None
    if priced is None:
        return door.go("quote", quote, tell="Choose one of the options." if told.state in WAITING else "")
    option = next(one for one in told.options if one.id == priced.option)
    context = {"quote": told, "option": option, "priced": priced, "chosen": chosen, "form": form}
    return door.page("hub/accept.html", context, status=422 if form.is_bad else 200)


@client_page("GET", "POST")
def decline(door: ClientDoor, quote: int) -> HttpResponse:
    """Ask for a reason, which may stay empty, and decline."""
    told, first = read_quote(door, quote)
    if first is not None:
        return first
    if told.state not in WAITING:
        return door.go("quote", quote)
    form = FormState()
    if door.is_post:
        try:
            door.perform(
                decline_own_quote, quote=told.ref, reason=door.request.POST.get("reason", "").strip()
            )
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
        except Conflict as problem:
            return door.go("quote", quote, tell=problem.message)
        else:
            return door.go("quote", quote, tell=f"You declined {told.ref}. Thank you for telling us.")
    return door.page("hub/decline.html", {"quote": told, "form": form}, status=422 if form.is_bad else 200)


@client_page("GET", "POST")
def ask(door: ClientDoor, quote: int) -> HttpResponse:
    """Take a question, or a wish for something different, as a message about the quote."""
    told, first = read_quote(door, quote)
    if first is not None:
        return first
    form = FormState()
    if door.is_post:
        try:
            done = door.perform(
                ask_about_my_quote, quote=told.ref, text=door.request.POST.get("text", "").strip()
            )
            return door.go("quote", quote, tell=done.value.text)
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
    waits = told.state in WAITING
    context = {"quote": told, "waits": waits, "form": form}
    return door.page("hub/ask.html", context, status=422 if form.is_bad else 200)


def _accepted(door: ClientDoor, told: QuoteRecord, chosen: Chosen) -> HttpResponse:
    sent = door.request.POST
    if told.terms and told.state in WAITING and sent.get("agree") != "yes":
        raise Invalid(_UNREAD, code="terms_unread", fields={"agree": _UNREAD})
    version = sent.get("terms_version", "")
    done = door.perform(
        accept_own_quote,
        quote=told.ref,
        name=sent.get("name", ""),
        terms_version=int(version) if version.isdecimal() and len(version) <= 9 else -1,
        option=chosen.option,
        optional_lines=chosen.lines,
        signature=sent.get("signature", ""),
        pays_all=sent.get("pay") == "all",
        ip=str(get_adapter(door.request).get_client_ip(door.request)),
        device=door.request.headers.get("User-Agent", "")[:200],
    )
    again = done.value.already
    tell = f"{told.ref} was accepted already." if again else f"Thank you. You accepted {told.ref}."
    return door.go("quote", told.id, tell=tell)
