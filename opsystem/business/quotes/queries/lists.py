"""Lists of quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from opsystem.business.clients.models import Client, Property
from opsystem.business.jobs.queries.jobs import PAGE, PageNumber
from opsystem.business.quotes.models import Quote, QuoteLine, QuoteOption
from opsystem.business.quotes.rates import rates_of
from opsystem.business.quotes.records import QuoteRow
from opsystem.business.quotes.states import state_of, today_of
from opsystem.business.quotes.sums import counted, totals_of
from opsystem.business.references import ClientRef, JobRef, number_of
from opsystem.business.wording import Line
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import parse_ref
from opsystem.operations import Page, Permission, Work, query

QuoteSelect = Select[Quote, Client, Property]


class QuoteFilter(StrEnum):
    """Which quotes are listed. Open ones are drafts and those that wait for an answer."""

    OPEN = "open"
    DRAFT = "draft"
    WAITING = "waiting"
    CHANGES = "changes_asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    ARCHIVED = "archived"
    ALL = "all"


@query(permission=Permission.MONEY_READ, label="List quotes")
def list_quotes(
    work: Work,
    *,
    state: QuoteFilter = QuoteFilter.OPEN,
    client: ClientRef | None = None,
    job: JobRef | None = None,
    text: Line = "",
    page: PageNumber = 1,
) -> Page[QuoteRow]:
    """List quotes, the newest first; `text` is looked for in titles and names. Amounts in US cents."""
    conditions = [in_quote_state(state, today_of(work))]
    if client is not None:
        conditions.append(Quote.client_id == number_of(client))
    if job is not None:
        conditions.append(Quote.job_id == number_of(job))
    if text:
        conditions.append(_matches(text))
    joined = Client.id == Quote.client_id
    total = work.session.scalar(select(func.count(Quote.id)).join(Client, joined).where(*conditions)) or 0
    chosen = _with_all().where(*conditions).order_by(Quote.id.desc())
    return Page(quote_rows(work, chosen.limit(PAGE).offset((page - 1) * PAGE)), total, page, PAGE)


def _with_all() -> QuoteSelect:
    return (
        select(Quote, Client, Property)
        .join(Client, Client.id == Quote.client_id)
        .outerjoin(Property, Property.id == Quote.property_id)
    )


def quote_rows(work: Work, statement: QuoteSelect) -> list[QuoteRow]:
    """Return the rows of a statement of quotes with client and property, in its order."""
    found, today = work.session.execute(statement).all(), today_of(work)
    numbers = [quote.id for quote, *_ in found]
    options, lines = _options(work, numbers), _lines(work, numbers)
    rows = []
    for quote, client, place in found:
        since = [quote.accepted_at, quote.declined_at, quote.archived_at, quote.sent_at, quote.created_at]
        rows.append(
            QuoteRow(
                ref=quote.ref,
                id=quote.id,
                title=quote.title,
                state=state_of(quote, today),
                client=client.ref,
                client_id=client.id,
                client_name=client.name,
                address=place.address if place else None,
                options=len(options[quote.id]),
                total_cents=_total(work, quote, options[quote.id], lines),
                expires_on=quote.expires_on,
                revision=quote.revision,
                since=next(at for at in since if at is not None),
                created_at=quote.created_at,
            )
        )
    return rows


def open_quotes(today: date) -> QuoteSelect:
    """Return the statement of quotes that wait for an answer."""
    return _with_all().where(in_quote_state(QuoteFilter.WAITING, today))


def _options(work: Work, numbers: Sequence[int]) -> dict[int, list[QuoteOption]]:
    found: dict[int, list[QuoteOption]] = defaultdict(list)
    for option in work.session.scalars(select(QuoteOption).where(QuoteOption.quote_id.in_(numbers))):
        found[option.quote_id].append(option)
    return found


def _lines(work: Work, numbers: Sequence[int]) -> dict[int, list[QuoteLine]]:
    found: dict[int, list[QuoteLine]] = defaultdict(list)
    for line in work.session.scalars(select(QuoteLine).where(QuoteLine.quote_id.in_(numbers))):
        found[line.option_id].append(line)
    return found


def _total(
    work: Work, quote: Quote, options: Sequence[QuoteOption], lines: dict[int, list[QuoteLine]]
) -> int:
    kept = [one for one in options if one.archived_at is None]
    rates = rates_of(work, quote)
    return max((totals_of(quote, counted(lines[one.id], ()), rates).total for one in kept), default=0)


def in_quote_state(state: QuoteFilter, today: date) -> ColumnElement[bool]:
    """Return the condition of the quotes a list shows."""
    unanswered = and_(
        Quote.accepted_at.is_(None),
        Quote.declined_at.is_(None),
        Quote.revised_at.is_(None),
        Quote.archived_at.is_(None),
    )
    valid = or_(Quote.expires_on.is_(None), Quote.expires_on >= today)
    waiting = and_(unanswered, Quote.sent_at.is_not(None), valid)
    draft = and_(unanswered, Quote.sent_at.is_(None))
    by_state: dict[QuoteFilter, ColumnElement[bool]] = {
        QuoteFilter.OPEN: or_(draft, waiting),
        QuoteFilter.DRAFT: draft,
        QuoteFilter.WAITING: waiting,
        QuoteFilter.CHANGES: and_(waiting, Quote.asked_at.is_not(None)),
        QuoteFilter.ACCEPTED: Quote.accepted_at.is_not(None),
        QuoteFilter.DECLINED: and_(Quote.declined_at.is_not(None), Quote.archived_at.is_(None)),
        QuoteFilter.EXPIRED: and_(unanswered, Quote.sent_at.is_not(None), Quote.expires_on < today),
        QuoteFilter.ARCHIVED: Quote.archived_at.is_not(None),
        QuoteFilter.ALL: Quote.id > 0,
    }
    return by_state[state]


def _matches(text: str) -> ColumnElement[bool]:
    found = [Quote.title.icontains(text, autoescape=True), Client.name.icontains(text, autoescape=True)]
    try:
        found.append(Quote.id == parse_ref(text, "quote")[1])
    except Invalid:
        # Not a reference: words only.
        return or_(*found)
    return or_(*found)
