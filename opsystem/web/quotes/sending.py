"""Views that send a quote, put it away, or make another of it."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.quotes.operations import (
    archive_quote,
    duplicate_quote,
    mark_quote_sent,
    revise_quote,
    send_quote,
)
from opsystem.business.quotes.queries import show_quote
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.QUOTES_WRITE, "POST")
def send(door: Door, quote: int) -> HttpResponse:
    """Send a quote by text or email with the usual words, or those that were written."""
    ref, sent = make_ref("quote", quote), door.request.POST
    done = door.perform(send_quote, quote=ref, channel=sent.get("channel", ""), body=sent.get("body", ""))
    name = door.ask(show_quote, quote=ref).client_name
    door.tell(f"{'Texting' if sent.get('channel') == 'sms' else 'Emailing'} {ref} to {name}", done=done)
    return door.go("quotes:show", quote)


@business_page(Permission.QUOTES_WRITE, "POST")
def mark_sent(door: Door, quote: int) -> HttpResponse:
    """Note that a quote was handed over."""
    ref = make_ref("quote", quote)
    door.tell(f"{ref} stands as sent", done=door.perform(mark_quote_sent, quote=ref))
    return door.go("quotes:show", quote)


@business_page(Permission.QUOTES_WRITE, "POST")
def revise(door: Door, quote: int) -> HttpResponse:
    """Begin a revision."""
    done = door.perform(revise_quote, quote=make_ref("quote", quote))
    door.tell(f"Began {done.value.ref}; it replaces this one once it is sent", done=done)
    return door.go("quotes:edit", done.value.id)


@business_page(Permission.QUOTES_WRITE, "POST")
def duplicate(door: Door, quote: int) -> HttpResponse:
    """Write another quote like this one."""
    done = door.perform(duplicate_quote, quote=make_ref("quote", quote))
    door.tell(f"Wrote {done.value.ref}", done=done)
    return door.go("quotes:edit", done.value.id)


@business_page(Permission.QUOTES_WRITE, "POST")
def archive(door: Door, quote: int) -> HttpResponse:
    """Put a quote away."""
    ref = make_ref("quote", quote)
    door.tell(f"Archived {ref}", done=door.perform(archive_quote, quote=ref))
    return door.go("quotes:show", quote)
