"""What people of the team note about a client's answer."""

from __future__ import annotations

from opsystem.business.acceptance.answering import Answer, accept, ask_changes, decline
from opsystem.business.acceptance.inputs import (
    Device,
    Ip,
    LineIds,
    OptionId,
    Reason,
    Signature,
    Signer,
    TermsVersion,
    Wishes,
)
from opsystem.business.acceptance.records import AcceptanceRecord
from opsystem.business.clients.models import Client
from opsystem.business.quotes.finding import quote_row
from opsystem.business.references import QuoteRef
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.COMMIT, label="Accept quote for the client")
def accept_quote(
    work: Work,
    *,
    quote: QuoteRef,
    name: Signer,
    terms_version: TermsVersion,
    option: OptionId | None = None,
    optional_lines: LineIds = (),
    signature: Signature = "",
    pays_all: bool = False,
    ip: Ip = "",
    device: Device = "",
) -> AcceptanceRecord:
    """Note that a client accepted a quote that was sent, on the spot or over the phone.

    `terms_version` is the one the client was shown. With several options, `option` says which; the
    others are archived. Asked again, the first answer is given and nothing changes (`already`).
    """
    answer = Answer(
        option, optional_lines, name, signature, terms_version, ip, device, pays_all, on_behalf=True
    )
    return accept(work, quote_row(work, quote), answer)


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.COMMIT, label="Decline quote for the client")
def decline_quote(work: Work, *, quote: QuoteRef, reason: Reason = "") -> Saved:
    """Note that a client declined a quote, and why."""
    row = quote_row(work, quote)
    decline(work, row, work.get(Client, row.client_id, "client").name, reason)
    return Saved(row.ref, row.id)


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.COMMIT, label="Note wanted changes of a quote")
def note_wanted_changes(work: Work, *, quote: QuoteRef, words: Wishes) -> Saved:
    """Note what a client wants different about a quote; a revision answers it."""
    row = quote_row(work, quote)
    ask_changes(work, row, work.get(Client, row.client_id, "client").name, words)
    return Saved(row.ref, row.id)
