"""The tables of an export about what was offered and what is to be billed."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from opsystem.business.acceptance.models import Acceptance
from opsystem.business.clients.models import Client
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Job
from opsystem.business.quotes.models import Quote, QuoteLine, QuoteOption
from opsystem.lifecycle.exporting.reading import AnyRow, Words
from opsystem.lifecycle.exporting.sheets import Sheet
from opsystem.vault.archives.csv_cells import Cell


def dollars(cents: int | None) -> Decimal | None:
    """Return cents as dollars for a spreadsheet."""
    return None if cents is None else Decimal(cents) / 100


def count(milli: int) -> Decimal:
    """Return thousandths as a number for a spreadsheet."""
    return Decimal(milli) / 1000


def _quote(row: AnyRow, words: Words) -> tuple[Cell, ...]:
    quote = row.Quote
    return (
        quote.ref, quote.title, row.Client.name, row.Client.ref, quote.revision, quote.message,
        quote.expires_on.isoformat() if quote.expires_on else "", dollars(quote.discount_cents),
        Decimal(quote.discount_milli_percent) / 1000, dollars(quote.deposit_cents),
        Decimal(quote.deposit_milli_percent) / 1000, words.at(quote.created_at), quote.created_by,
        words.at(quote.sent_at), quote.sent_by, words.at(quote.viewed_at), words.at(quote.asked_at),
        quote.asked_words, words.at(quote.accepted_at), quote.accepted_by, words.at(quote.declined_at),
        quote.declined_reason, words.at(quote.archived_at), quote.terms_version, quote.document_hash,
    )  # fmt: skip


QUOTE_SHEETS = (
    Sheet(
        "Quotes.csv",
        "What was offered, and how it was answered",
        "Number, Quote, Client, Client number, Revision, Message, Valid until, Discount, Discount in percent,"
        " Deposit, Deposit in percent, Made, Made by, Sent, Sent by, Seen, Changes asked, Which changes,"
        " Accepted, Accepted by, Declined, Why, Archived, Terms version, Hash of the document",
        select(Quote, Client).join(Client, Client.id == Quote.client_id),
        Quote.id,
        _quote,
    ),
    Sheet(
        "Quote lines.csv",
        "The lines of each quote, in US dollars",
        "Quote, Quote number, Option, Line, What, Quantity, For one, Price, Cost, Sales tax, Optional",
        select(QuoteLine, QuoteOption, Quote)
        .join(QuoteOption, QuoteOption.id == QuoteLine.option_id)
        .join(Quote, Quote.id == QuoteLine.quote_id),
        QuoteLine.id,
        lambda row, _: (
            row.Quote.title, row.Quote.ref, row.QuoteOption.name, row.QuoteLine.position,
            row.QuoteLine.description, count(row.QuoteLine.quantity_milli), row.QuoteLine.unit,
            dollars(row.QuoteLine.unit_cents), dollars(row.QuoteLine.cost_cents), row.QuoteLine.taxable,
            row.QuoteLine.optional,
        ),
    ),
    Sheet(
        "Accepted quotes.csv",
        "What clients agreed to, and how it was signed",
        "Quote, Quote number, Option, Signed by, Drawn signature, Total, Deposit, Pays all at once,"
        " Terms version, Address, Device, Noted by the team, When, Who, Document hash, Agreement hash",
        select(Acceptance, Quote, QuoteOption)
        .join(Quote, Quote.id == Acceptance.quote_id)
        .join(QuoteOption, QuoteOption.id == Acceptance.option_id),
        Acceptance.id,
        lambda row, words: (
            row.Quote.title, row.Quote.ref, row.QuoteOption.name, row.Acceptance.name,
            row.Acceptance.signature, dollars(row.Acceptance.total_cents),
            dollars(row.Acceptance.deposit_cents), row.Acceptance.pays_all, row.Acceptance.terms_version,
            row.Acceptance.ip, row.Acceptance.device, row.Acceptance.on_behalf,
            words.at(row.Acceptance.accepted_at), row.Acceptance.accepted_by, row.Acceptance.document_hash,
            row.Acceptance.agreement_hash,
        ),
    ),
    Sheet(
        "Job lines.csv",
        "What each job is billed for, in US dollars",
        "Job, Job number, Client, Client number, Line, What, Quantity, For one, Price, Cost, Sales tax,"
        " Discount, Invoiced, Added, Added by",
        select(JobLine, Job, Client)
        .join(Job, Job.id == JobLine.job_id)
        .join(Client, Client.id == Job.client_id),
        JobLine.id,
        lambda row, words: (
            row.Job.title, row.Job.ref, row.Client.name, row.Client.ref, row.JobLine.position,
            row.JobLine.description, count(row.JobLine.quantity_milli), row.JobLine.unit,
            dollars(row.JobLine.unit_cents), dollars(row.JobLine.cost_cents), row.JobLine.taxable,
            dollars(row.JobLine.discount_cents), count(row.JobLine.invoiced_milli),
            words.at(row.JobLine.added_at), row.JobLine.added_by,
        ),
    ),
)  # fmt: skip
