"""One quote with everything around it, and the terms."""

from __future__ import annotations

from sqlalchemy import or_, select

from opsystem.business.clients.models import Client, Property
from opsystem.business.quotes.finding import quote_row
from opsystem.business.quotes.freezing import terms_now
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.queries.rows import option_rows
from opsystem.business.quotes.records import QuoteRecord, RevisionRow, TermsRecord
from opsystem.business.quotes.states import happened, state_of, today_of
from opsystem.business.references import QuoteRef
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@query(permission=Permission.MONEY_READ, label="Show quote")
def show_quote(work: Work, *, quote: QuoteRef) -> QuoteRecord:
    """Show a quote: its state with dates, options and lines with sums, terms, deposit, and its revisions.

    Amounts are US cents, quantities thousandths, percentages thousandths of a percent.
    """
    return quote_record(work, quote_row(work, quote))


@query(permission=Permission.MONEY_READ, label="Show quote terms")
def show_quote_terms(work: Work) -> TermsRecord:
    """Show the terms that stand on quotes now."""
    terms = terms_now(work)
    if terms is None:
        return TermsRecord(0, "", None, None)
    return TermsRecord(terms.id, terms.body, terms.set_at, terms.set_by)


def quote_record(work: Work, row: Quote) -> QuoteRecord:
    """Return what is told about a quote."""
    client = work.get(Client, row.client_id, "client")
    place = work.session.get(Property, row.property_id) if row.property_id is not None else None
    terms = show_terms(work, row)
    return QuoteRecord(
        ref=row.ref,
        id=row.id,
        title=row.title,
        state=state_of(row, today_of(work)),
        client=client.ref,
        client_id=client.id,
        client_name=client.name,
        client_phone=client.phone,
        client_email=client.email,
        property=place.ref if place else None,
        address=place.address if place else None,
        job=make_ref("job", row.job_id) if row.job_id else None,
        job_id=row.job_id,
        message=row.message,
        expires_on=row.expires_on,
        discount_cents=row.discount_cents,
        discount_milli_percent=row.discount_milli_percent,
        deposit_cents=row.deposit_cents,
        deposit_milli_percent=row.deposit_milli_percent,
        terms=terms.body,
        terms_version=terms.version,
        revision=row.revision,
        revisions=_revisions(work, row),
        version=row.version,
        created_at=row.created_at,
        created_by=row.created_by,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        sent_at=row.sent_at,
        document_hash=row.document_hash,
        happened=happened(row, client.name),
        options=option_rows(work, row),
    )


def show_terms(work: Work, quote: Quote) -> TermsRecord:
    """Return the terms a quote was sent with; for a draft those that stand now."""
    if quote.sent_at is not None:
        return TermsRecord(quote.terms_version, quote.terms, None, None)
    now = terms_now(work)
    return TermsRecord(now.id, now.body, now.set_at, now.set_by) if now else TermsRecord(0, "", None, None)


def _revisions(work: Work, row: Quote) -> list[RevisionRow]:
    root, today = row.root_id or row.id, today_of(work)
    family = select(Quote).where(or_(Quote.id == root, Quote.root_id == root)).order_by(Quote.revision)
    return [
        RevisionRow(one.ref, one.id, one.revision, state_of(one, today), one.sent_at)
        for one in work.session.scalars(family)
    ]
