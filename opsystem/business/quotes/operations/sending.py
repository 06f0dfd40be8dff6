"""Sending a quote to the client, with a link to his own page of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from opsystem.business.clients.models import Client
from opsystem.business.conversations.enclosing import Files
from opsystem.business.conversations.models import Message
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.conversations.operations.sending import WithPaper
from opsystem.business.conversations.visible import VISIBLE
from opsystem.business.links.wording import LINK, with_link
from opsystem.business.profile.queries import profile_row
from opsystem.business.quotes.finding import quote_row
from opsystem.business.quotes.freezing import freeze
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.records import QuoteSaved
from opsystem.business.references import QuoteRef
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Work, operation

Channel = Annotated[Literal["sms", "email"], Field(description="As a text (sms) or an email.")]
SentWords = Annotated[
    str,
    Field(
        max_length=5_000,
        description="The words that go out; {link} is the client's own link. Empty: the usual ones.",
    ),
    VISIBLE,
]


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.SEND, label="Send quote")
def send_quote(
    work: Work,
    *,
    quote: QuoteRef,
    channel: Channel,
    body: SentWords = "",
    with_paper: WithPaper = True,
    files: Files = (),
) -> QuoteSaved:
    """Send a quote to its client by text or email, with a link to read, sign or decline it.

    A draft stands as it is from then on: amounts, taxes and terms. One that was sent before is sent again.
    An email has the quote as PDF with it unless said otherwise, and the files chosen.
    """
    row = quote_row(work, quote)
    client = work.get(Client, row.client_id, "client")
    if row.revised_at is not None or row.accepted_at is not None or row.archived_at is not None:
        raise Conflict(f"No answer is waited for on {row.ref}.", code="quote_closed")
    if not (client.phone if channel == "sms" else client.email):
        what = "mobile number" if channel == "sms" else "email address"
        message = f"{client.name} has no {what}. Add one, or send it the other way."
        raise Invalid(message, code="no_address", fields={"channel": message})
    freeze(work, row)
    words = with_link(work, body or usual_words(work, row, client), client_id=row.client_id, about=row.ref)
    if channel == "sms":
        queued = work.do(send_text, client=client.ref, body=words)
    else:
        subject = f"Quote from {profile_row(work.session).name}: {row.title}"[:200]
        queued = work.do(send_email, client=client.ref, subject=subject, body=words, files=files)
    sent = work.get(Message, queued.id, "message")
    sent.about, sent.with_paper = row.ref, with_paper and channel == "email"
    work.describe(f"Sent {row.ref} “{row.title}” to {client.name}")
    return QuoteSaved(row.ref, row.id, row.version)


def usual_words(work: Work, quote: Quote, client: Client) -> str:
    """Return what a quote is sent with when nobody writes anything else."""
    business, until = profile_row(work.session).name, ""
    if quote.expires_on is not None:
        until = f" It is valid until {quote.expires_on:%B} {quote.expires_on.day}."
    first = client.name.split()[0]
    return f"Hello {first}, here is our quote “{quote.title}”: {LINK}{until} {business}"
