"""Whatever happens to a business's money, each report is the sum of its rows, and says what the books say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from opsystem.business.clients.operations import add_client
from opsystem.business.costing.queries import list_job_costs
from opsystem.business.jobs.operations import book_job
from opsystem.business.ledger.models import Posting
from opsystem.business.reports.kinds import KINDS
from opsystem.business.reports.queries import list_report_rows, show_report
from opsystem.business.reports.records import By, Report, ReportName, Unit
from opsystem.business.reports.taking import take_report_rows
from opsystem.business.taxes.operations import add_tax_rate
from opsystem.business.timesheets.operations import set_hour_cost
from opsystem.kit import clock
from opsystem.operations import Actor, Role, Work
from opsystem.operations.scope import bind_scope
from opsystem.vault import Author, Vault
from tests.business.ledger.histories import START, History
from tests.business.opening import ALICE, joined, open_business
from tests.business.reports.labor import Labor

SPAN = {"since": START, "until": START + timedelta(days=365)}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """Return a vault in which a dozen clients had a random history of invoices and money."""
    with open_business(tmp_path_factory.mktemp("lived"), "Gulf Plumbing", ALICE) as vault:
        add_tax_rate.perform(vault, ALICE, {"name": "State", "milli_percent": 7_125, "valid_from": START})
        joined(vault, "Bob Tran", Role.TECHNICIAN, "acc-bob")
        for member, cents in (("U-1", 5_055), ("U-2", 3_133)):
            given = {"member": member, "cents": cents, "since": "2020-01-01"}
            set_hour_cost.perform(vault, ALICE, given)
        author = Author("person", ALICE.id, ALICE.name, "play", "Play")
        with vault.writing(author, clock.now()) as (session, change_set):
            bind_scope(session, ALICE)
            work = Work(vault, session, ALICE, clock.now() + timedelta(days=1), change_set.id)
            for seed in range(6):
                client = work.do(add_client, name=f"Client {seed}").ref
                job = work.do(book_job, client=client, title="Work").ref
                History(work, random.Random(seed), client, job).play(14)
                Labor(work, random.Random(seed), client, job).play()
        yield vault


def posted(vault: Vault, *accounts: str) -> int:
    sums = select(func.sum(Posting.cents)).where(Posting.account.in_(accounts), Posting.day <= SPAN["until"])
    with vault.reading() as session:
        return session.scalar(sums) or 0


def total(report: Report, key: str) -> int:
    return report.totals[[column.key for column in report.columns].index(key)]


def test_row_100_every_report_is_the_sum_of_its_rows_however_it_is_grouped(
    lived: Vault, alice: Actor
) -> None:
    for name, kind in KINDS.items():
        for by in kind.by:
            asked: dict[str, Any] = {"report": name, "by": by, **SPAN}
            report = show_report.ask(lived, alice, asked)
            count = len(kind.columns)
            summed = [
                sum(values) for values in zip(*(one.values[:count] for one in report.lines), strict=True)
            ]
            assert summed in ([], report.totals[:count]), (name, by)
            everything = take_report_rows.ask(lived, alice, asked)
            for line in report.lines:
                mine = [row.values for row in everything if row.key == line.key]
                told = [sum(values) for values in zip(*mine, strict=True)] or [0] * count
                assert told == line.values[:count], (name, by, line)
            assert {row.key for row in everything} <= {line.key for line in report.lines}, (name, by)
            if not report.lines:
                continue
            most = max(report.lines, key=lambda line: line.values[-1])
            page = list_report_rows.ask(lived, alice, {**asked, "key": most.key})
            assert (page.totals, page.name) == (most.values[:count], most.name)


def test_row_100_ageing_revenue_and_cash_say_what_the_books_say(lived: Vault, alice: Actor) -> None:
    def ask(name: ReportName, by: By | None = None) -> Report:
        return show_report.ask(lived, alice, {"report": name, "by": by, **SPAN})

    assert total(ask(ReportName.RECEIVABLES), "owed") == posted(lived, "1200") > 0
    assert total(ask(ReportName.REVENUE), "earned") == -posted(lived, "4000", "4900") > 0
    assert total(ask(ReportName.SERVICES), "sold") == -posted(lived, "4000", "4900")
    assert total(ask(ReportName.CASH), "net") == posted(lived, "1000", "1050", "1060") != 0
    billed = ask(ReportName.BILLED)
    invoiced, paid, given_up, change = billed.totals
    assert invoiced - paid - given_up == change == posted(lived, "1200")
    assert all(column.unit is Unit.MONEY for column in billed.columns)


def test_row_47_margins_by_job_service_person_and_source_are_those_of_costing(
    lived: Vault, alice: Actor
) -> None:
    costs = list_job_costs.ask(lived, alice, SPAN)
    told = [
        sum(values)
        for values in zip(
            *(
                (one.revenue_cents, one.parts_cents, one.labor_cents, one.expense_cents, one.margin_cents)
                for one in costs
            ),
            strict=True,
        )
    ]
    assert len(costs) >= 6 and all(told)
    for by in KINDS[ReportName.MARGINS].by:
        report = show_report.ask(lived, alice, {"report": "margins", "by": by, **SPAN})
        assert report.totals[:5] == told, by
        assert all(line.values[0] - sum(line.values[1:4]) == line.values[4] for line in report.lines), by
        if by is By.JOB:
            assert {line.key: line.values[4] for line in report.lines} == {
                one.job: one.margin_cents for one in costs
            }
    by_person = show_report.ask(lived, alice, {"report": "margins", "by": "person", **SPAN})
    assert {line.name for line in by_person.lines} >= {"Alice Reyes", "Bob Tran"}
    sources = show_report.ask(lived, alice, {"report": "margins", "by": "source", **SPAN})
    assert {line.name for line in sources.lines} >= {"Online", "Booked by the office"}


def test_row_100_ageing_is_as_of_any_day(lived: Vault, alice: Actor) -> None:
    for day in (date(2026, 2, 1), date(2026, 5, 1), date(2026, 7, 1)):
        report = show_report.ask(lived, alice, {"report": "receivables", "since": START, "until": day})
        sums = select(func.sum(Posting.cents)).where(Posting.account == "1200", Posting.day <= day)
        with lived.reading() as session:
            assert total(report, "owed") == session.scalar(sums)
