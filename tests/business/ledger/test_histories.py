"""Whatever happens to a business's money, its books balance and its papers say the same as the books."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sqlalchemy import func, select

from opsystem.business.billing.queries import cash, client_statement, receivables_ageing, revenue
from opsystem.business.clients.operations import add_client
from opsystem.business.invoices.deposits import held_for
from opsystem.business.invoices.models import Invoice
from opsystem.business.jobs.operations import book_job
from opsystem.business.ledger.chart import Account, is_debit
from opsystem.business.ledger.models import Posting
from opsystem.business.ledger.posting import balance
from opsystem.business.ledger.queries import list_accounts
from opsystem.business.payments.queries import client_balance
from opsystem.business.taxes.operations import add_tax_rate
from opsystem.kit import clock
from opsystem.operations import Actor, Work
from opsystem.operations.scope import bind_scope
from opsystem.vault import Author, Vault
from tests.business.ledger.histories import START, History
from tests.thorough import amount

COUNT = amount(quick=40, whole=2_000)
STEPS = 8


def test_over_random_histories_the_books_balance_and_agree_with_every_paper(
    vault: Vault, alice: Actor
) -> None:
    add_tax_rate.perform(vault, alice, {"name": "State", "milli_percent": 7_125, "valid_from": START})
    author = Author("person", alice.id, alice.name, "play", "Play")
    with vault.writing(author, clock.now()) as (session, change_set):
        bind_scope(session, alice)
        work = Work(vault, session, alice, clock.now() + timedelta(days=1), change_set.id)
        refused = 0
        for seed in range(COUNT):
            client = work.do(add_client, name=f"Client {seed}").ref
            job = work.do(book_job, client=client, title="Work").ref
            history = History(work, random.Random(seed), client, job)
            history.play(STEPS)
            refused += history.refused
            _agrees(work, history)
        assert session.scalar(select(func.sum(Posting.cents))) == 0
        unbalanced = select(Posting.entry_id).group_by(Posting.entry_id).having(func.sum(Posting.cents) != 0)
        assert session.scalars(unbalanced).all() == []
        owed = session.scalar(select(func.sum(Invoice.open_cents)))
        assert balance(session, Account.RECEIVABLE) == owed
        _reports_are_their_rows(work)
        assert refused < COUNT * STEPS // 2


def _reports_are_their_rows(work: Work) -> None:
    """Compare each report with the rows it leads to, to the cent."""
    days = {"since": date(2020, 1, 1), "until": date(2100, 1, 1)}
    ageing = work.do(receivables_ageing)
    behind = [row.due_cents for bucket in ageing.buckets for row in bucket.invoices]
    assert ageing.total_cents == sum(behind) == _posted(work, Account.RECEIVABLE)
    earned = -_posted(work, Account.REVENUE) - _posted(work, Account.DISCOUNTS)
    for by_client in (False, True):
        assert sum(one.cents for one in work.do(revenue, **days, by_client=by_client)) == earned
    for one in work.do(cash, **days):
        assert one.cents == _posted(work, Account(one.key))
    for row in work.do(list_accounts):
        account = Account(row.account)
        assert row.balance_cents == (1 if is_debit(account) else -1) * _posted(work, account)


def _posted(work: Work, account: Account) -> int:
    """Return the sum of an account's postings, read row by row."""
    return sum(work.session.scalars(select(Posting.cents).where(Posting.account == account.value)))


def _agrees(work: Work, history: History) -> None:
    for invoice in history.rows():
        booked = balance(work.session, Account.RECEIVABLE, Posting.invoice_id == invoice.id)
        assert invoice.open_cents == booked >= 0
        assert invoice.voided_at is None or booked == 0
    days = {"since": date(2020, 1, 1), "until": date(2100, 1, 1)}
    statement = work.do(client_statement, client=history.client, **days)
    stands = work.do(client_balance, client=history.client)
    assert statement.closing_cents == sum(row.cents for row in statement.rows)
    assert statement.closing_cents == stands.owed_cents - stands.credit_cents
    assert stands.deposit_cents == sum(held_for(work, int(history.client[2:]), Account.DEPOSITS).values())
