"""Quotes: of those sent within the days, how many were accepted, declined, or still wait. US cents."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.acceptance.models import Acceptance
from opsystem.business.clients.models import Client, Property
from opsystem.business.profile.queries import zone_of
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.queries.lists import quote_rows
from opsystem.business.quotes.records import QuoteRow, QuoteState
from opsystem.business.reports.asked import PERIODS, Asked, key_of_day
from opsystem.business.reports.facts import Gathered
from opsystem.business.reports.records import By, ReportRow
from opsystem.business.timesheets.weeks import bounds
from opsystem.kit import clock
from opsystem.operations import Work

_LOST = (QuoteState.DECLINED, QuoteState.EXPIRED, QuoteState.ARCHIVED)


def offered(work: Work, asked: Asked) -> Gathered:
    """Return the facts of quotes by when they were sent, by who sent them, or by client.

    An offer that was revised counts once, as its newest revision.
    """
    first, last = bounds(work, asked.since, asked.until)
    chosen = (
        select(Quote, Client, Property)
        .join(Client, Client.id == Quote.client_id)
        .outerjoin(Property, Property.id == Quote.property_id)
        .where(Quote.sent_at >= first, Quote.sent_at < last, Quote.revised_at.is_(None))
    )
    chosen = chosen.where(*asked.of(Quote.client_id))
    rows = quote_rows(work, chosen)
    sent = {quote.id: quote for quote, *_ in work.session.execute(chosen)}
    signed = _signed(work)
    return Gathered([_fact(work, asked.by, row, sent[row.id], signed) for row in rows])


def _signed(work: Work) -> dict[int, int]:
    """Return what was agreed to, by the quote's number."""
    return dict(work.session.execute(select(Acceptance.quote_id, Acceptance.total_cents)).all())


def _fact(work: Work, by: By, row: QuoteRow, quote: Quote, signed: dict[int, int]) -> ReportRow:
    day = clock.local(quote.sent_at or quote.created_at, zone_of(work.session)).date()
    won, lost = row.state is QuoteState.ACCEPTED, row.state in _LOST
    value = signed.get(row.id, row.total_cents) if won else row.total_cents
    key, name = row.client, row.client_name
    if by in PERIODS:
        key = name = key_of_day(by, day)
    elif by is By.PERSON:
        key = name = quote.sent_by or quote.created_by
    return ReportRow(
        key, name, day, row.ref, row.title, row.client, row.client_name,
        [1, int(won), int(lost), int(not won and not lost), value, value if won else 0],
    )  # fmt: skip
