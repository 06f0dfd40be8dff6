"""A quote on paper."""

from __future__ import annotations

from opsystem.business.clients.models import Client, Property
from opsystem.business.paper.records import (
    Choice,
    Fact,
    Head,
    Lines,
    PaperLine,
    QuotePaper,
    Signature,
    Sum,
)
from opsystem.business.printing.letterhead import billed, letterhead, placed
from opsystem.business.printing.showing import day_of, local_day, local_moment, percent, quantity
from opsystem.business.profile.queries import zone_of
from opsystem.business.quotes.finding import quote_row
from opsystem.business.quotes.queries.one import quote_record
from opsystem.business.quotes.records import QuoteOptionRow, QuoteRecord, QuoteState, QuoteTotals
from opsystem.kit.money import show_cents
from opsystem.operations import Work

_STAMPS = {
    QuoteState.ACCEPTED: "Accepted",
    QuoteState.DECLINED: "Declined",
    QuoteState.EXPIRED: "Expired",
    QuoteState.DRAFT: "Draft",
}


def quote_paper(work: Work, ref: str) -> QuotePaper:
    """Return what the paper of a quote shows, for whoever may see that quote."""
    row = quote_row(work, ref)
    told = quote_record(work, row)
    client = work.get(Client, row.client_id, "client")
    place = work.session.get(Property, row.property_id) if row.property_id is not None else None
    zone = zone_of(work.session)
    facts = [Fact("Date", local_day(row.sent_at or row.created_at, zone))]
    if row.expires_on is not None:
        facts.append(Fact("Valid until", day_of(row.expires_on)))
    if told.revision > 1:
        facts.append(Fact("Revision", str(told.revision)))
    head = Head(
        letterhead(work),
        "Quote",
        told.ref,
        tuple(facts),
        (billed(client), *((placed(place),) if place is not None else ())),
        _STAMPS.get(told.state, ""),
    )
    open_options = [one for one in told.options if not one.archived] or told.options
    intro = "\n".join(part for part in (told.title, told.message) if part)
    return QuotePaper(
        head,
        tuple(_choice(one, told, at) for at, one in enumerate(open_options, start=1)),
        intro,
        told.terms,
        _signature(told, zone),
        to_sign=told.state in {QuoteState.DRAFT, QuoteState.SENT, QuoteState.VIEWED, QuoteState.CHANGES},
    )


def _choice(option: QuoteOptionRow, quote: QuoteRecord, at: int) -> Choice:
    lines = tuple(
        PaperLine(
            line.description,
            quantity(line.quantity_milli, line.unit),
            show_cents(line.unit_cents),
            show_cents(line.amount_cents),
            mark="Optional" if line.optional else "",
        )
        for line in option.lines
    )
    return Choice(
        option.name or f"Option {at}",
        Lines(lines, _sums(option)),
        show_cents(option.totals.total_cents),
        option.description,
        option.recommended and quote.state is not QuoteState.ACCEPTED,
        quote.state is QuoteState.ACCEPTED,
    )


def _sums(option: QuoteOptionRow) -> tuple[Sum, ...]:
    totals = option.totals
    rows = [Sum("Subtotal", show_cents(totals.subtotal_cents))]
    if totals.discount_cents:
        rows.append(Sum("Discount", show_cents(-totals.discount_cents)))
    rows += [Sum(f"{tax.name} {percent(tax.milli_percent)}", show_cents(tax.cents)) for tax in totals.taxes]
    rows.append(Sum("Total", show_cents(totals.total_cents), strong=True))
    if _with_optional(totals, option.with_all):
        rows.append(Sum("With every optional line", show_cents(option.with_all.total_cents)))
    if totals.deposit_cents:
        rows.append(Sum("Deposit on acceptance", show_cents(totals.deposit_cents)))
    return tuple(rows)


def _with_optional(totals: QuoteTotals, with_all: QuoteTotals) -> bool:
    return with_all.total_cents != totals.total_cents


def _signature(quote: QuoteRecord, zone: str) -> Signature | None:
    accepted = next((one for one in reversed(quote.happened) if one.what is QuoteState.ACCEPTED), None)
    if accepted is None:
        return None
    facts = [Fact("When", local_moment(accepted.at, zone))]
    if quote.document_hash:
        facts.append(Fact("Document", quote.document_hash))
    return Signature(accepted.by, tuple(facts))
