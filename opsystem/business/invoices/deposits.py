"""Using what a client has paid before: deposits for a job or quote, and credit."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.settling import settle
from opsystem.business.joblines.models import JobLine
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Posting
from opsystem.business.ledger.posting import Post, post
from opsystem.business.profile.queries import today
from opsystem.business.record import Record
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def held_for(work: Work, client_id: int, account: Account) -> dict[str, int]:
    """Return what is held for a client on an account, in US cents, by what it was paid for."""
    sums = (
        select(Posting.about, -func.sum(Posting.cents))
        .where(Posting.client_id == client_id, Posting.account == account.value)
        .group_by(Posting.about)
    )
    return {about: cents for about, cents in work.session.execute(sums) if cents > 0}


def use_deposit(work: Work, invoice: Invoice) -> int:
    """Pay an invoice from the deposits for its job and the job's quotes; return the US cents used."""
    if invoice.job_id is None:
        return 0
    wanted = {make_ref("job", invoice.job_id), *_quotes_of(work, invoice.job_id)}
    held = held_for(work, invoice.client_id, Account.DEPOSITS)
    return sum(
        draw(work, invoice, Account.DEPOSITS, cents, about)
        for about, cents in held.items()
        if about in wanted
    )


def draw(work: Work, invoice: Invoice, account: Account, cents: int, about: str = "") -> int:
    """Move what is held for a client onto an invoice, up to what is owed; return the US cents used."""
    used = min(cents, invoice.open_cents)
    if used <= 0:
        return 0
    event = "deposit used" if account is Account.DEPOSITS else "credit used"
    posts = (
        Post(account, used, invoice.client_id, about=about),
        Post(Account.RECEIVABLE, -used, invoice.client_id, invoice.id),
    )
    post(work, today(work), event, invoice.ref, posts)
    settle(work, invoice)
    return used


def _quotes_of(work: Work, job_id: int) -> set[str]:
    """Return the quotes a job came from. Their lines stand above the job's in the order of nouns."""
    lines = Record.metadata.tables.get("quote_line")
    if lines is None or "quote_id" not in lines.c:
        return set()
    came = (
        select(lines.c.quote_id)
        .join(JobLine, JobLine.quote_line_id == lines.c.id)
        .where(JobLine.job_id == job_id)
        .distinct()
    )
    return {make_ref("quote", number) for number in work.session.scalars(came)}
