"""Writing a quote, until it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.queries import properties_of
from opsystem.business.jobs.models import Job
from opsystem.business.lines import Discount
from opsystem.business.prices.models import Price
from opsystem.business.quotes.contents import write_options
from opsystem.business.quotes.finding import draft_row
from opsystem.business.quotes.inputs import BaseVersion, Expiry, OptionGiven, Options
from opsystem.business.quotes.models import Quote, QuoteLine
from opsystem.business.quotes.records import QuoteSaved
from opsystem.business.quotes.states import today_of
from opsystem.business.references import ClientRef, JobRef, PropertyRef, QuoteRef, number_of
from opsystem.business.wording import Line, Words
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Work, operation

VALID_DAYS = 30
DiscountGiven = Annotated[
    Discount, Field(description="Off the whole quote: cents, or milli_percent (5000 is 5 %); not both.")
]
DepositGiven = Annotated[
    Discount,
    Field(description="Asked for on acceptance: cents, or milli_percent of the total (50000 is half)."),
]


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.DRAFT, label="Add quote")
def add_quote(
    work: Work,
    *,
    client: ClientRef,
    title: Line = "",
    property: PropertyRef | None = None,  # noqa: A002
    job: JobRef | None = None,
    message: Words = "",
    options: Options = (),
    discount: DiscountGiven | None = None,
    deposit: DepositGiven | None = None,
    expires_on: Expiry | None = None,
) -> QuoteSaved:
    """Write a quote for a client, with one option or several; it stays a draft until it is sent.

    A quote for a `job` takes its place and title where none is given; else a client's only property is taken.
    30 days where no last day is named. Lines from the
    price list are copied: a later change of the list does not touch them.
    """
    whose = work.get(Client, number_of(client), "client")
    if whose.archived_at is not None:
        raise Conflict(f"{whose.name} is archived. Restore the client first.", code="client_archived")
    of = _job(work, whose, job)
    place = of.property_id if of is not None and property is None else None
    quote = Quote(
        client_id=whose.id,
        property_id=place or _place(work, whose, property),
        job_id=of.id if of is not None else None,
        title=title or (of.title if of is not None else _first_words(work, options)) or "Quote",
        message=message,
        expires_on=expires_on or today_of(work) + timedelta(days=VALID_DAYS),
        created_at=work.now,
        created_by=work.actor.name,
        changed_at=work.now,
        changed_by=work.actor.name,
    )
    _take_off(quote, discount, deposit)
    work.session.add(quote)
    work.session.flush()
    write_options(work, quote, options or (OptionGiven(),))
    work.describe(f"Wrote {quote.ref} “{quote.title}” for {whose.name}")
    return QuoteSaved(quote.ref, quote.id, quote.version)


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.DRAFT, label="Edit quote")
def edit_quote(
    work: Work,
    *,
    quote: QuoteRef,
    base_version: BaseVersion | None = None,
    title: Line | None = None,
    property: PropertyRef | None = None,  # noqa: A002
    message: Words | None = None,
    options: Options | None = None,
    discount: DiscountGiven | None = None,
    deposit: DepositGiven | None = None,
    expires_on: Expiry | None = None,
) -> QuoteSaved:
    """Change a draft. What is not given stays; `options` replaces all options and lines.

    A quote that was sent is never edited: make a revision. With `base_version`, an edit of a state that
    somebody changed meanwhile is refused as a conflict.
    """
    row = draft_row(work, quote, base_version)
    whose = work.get(Client, row.client_id, "client")
    given: dict[str, Any] = {"title": title or None, "message": message, "expires_on": expires_on}
    for name, value in given.items():
        if value is not None:
            setattr(row, name, value)
    if property is not None:
        row.property_id = _place(work, whose, property)
    _take_off(row, discount, deposit)
    if options is not None:
        write_options(work, row, options or (OptionGiven(),))
    touch(work, row)
    work.describe(f"Edited {row.ref} “{row.title}”")
    return QuoteSaved(row.ref, row.id, row.version)


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.DRAFT, label="Take the new prices into a quote")
def refresh_quote_prices(work: Work, *, quote: QuoteRef) -> QuoteSaved:
    """Give the lines of a draft the amounts the price list has now, where they still have its old ones."""
    row = draft_row(work, quote)
    old = (
        select(QuoteLine, Price)
        .join(Price, Price.id == QuoteLine.price_id)
        .where(QuoteLine.quote_id == row.id, QuoteLine.unit_cents == QuoteLine.list_cents)
    )
    for line, price in work.session.execute(old).all():
        line.unit_cents, line.list_cents, line.cost_cents = (
            price.price_cents,
            price.price_cents,
            price.cost_cents,
        )
    touch(work, row)
    work.describe(f"Took the new prices into {row.ref}")
    return QuoteSaved(row.ref, row.id, row.version)


def touch(work: Work, quote: Quote) -> None:
    """Note that a draft was changed just now."""
    quote.version += 1
    quote.changed_at, quote.changed_by = work.now, work.actor.name


def _take_off(quote: Quote, discount: Discount | None, deposit: Discount | None) -> None:
    for name, given in (("discount", discount), ("deposit", deposit)):
        if given is None:
            continue
        if given.cents and given.milli_percent:
            message = "Give an amount or a percentage, not both."
            raise Invalid(message, code="amount_and_percentage", fields={name: message})
        setattr(quote, f"{name}_cents", given.cents)
        setattr(quote, f"{name}_milli_percent", given.milli_percent)


def _place(work: Work, client: Client, reference: str | None) -> int | None:
    if reference is None:
        places = properties_of(work, client.id)
        return places[0].id if len(places) == 1 else None
    place = work.get(Property, number_of(reference), "property")
    if place.client_id != client.id:
        message = f"{place.ref} is not a property of {client.name}."
        raise Invalid(message, code="other_client", fields={"property": message})
    return place.id


def _job(work: Work, client: Client, reference: str | None) -> Job | None:
    if reference is None:
        return None
    job = work.get(Job, number_of(reference), "job")
    if job.client_id != client.id:
        message = f"{job.ref} is not a job of {client.name}."
        raise Invalid(message, code="other_client", fields={"job": message})
    return job


def _first_words(work: Work, options: Options) -> str:
    for line in (line for option in options for line in option.lines):
        price = work.session.get(Price, number_of(line.price)) if line.price else None
        return line.description or (price.name if price else "")
    return ""
