"""Reports of one tag or one person, and every row of one as a table whose columns never change."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import pytest

from opsystem.business.clients.operations import tag_clients
from opsystem.business.expenses.operations import add_expense
from opsystem.business.invoices.operations import draft_invoice, issue_invoice
from opsystem.business.jobs.operations import complete_job
from opsystem.business.reports.kinds import KINDS
from opsystem.business.reports.queries import show_report
from opsystem.business.reports.records import ReportName
from opsystem.business.reports.taking import report_rows_csv, take_report_rows
from opsystem.business.timesheets.operations import add_time
from opsystem.kit.errors import Invalid
from opsystem.operations import Role
from opsystem.vault import Vault
from tests.business import scene
from tests.business.opening import ALICE, joined, open_business

DAYS = {"since": "2026-01-01", "until": "2027-12-31"}
HEADER = ["key", "name", "day", "ref", "about", "client", "client_name"]


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """Two clients with an invoice and a finished job each; Bob worked for the first, who is a landlord."""
    with open_business(tmp_path_factory.mktemp("gulf"), "Gulf Plumbing", ALICE) as vault:
        joined(vault, "Bob Tran", Role.TECHNICIAN, "acc-bob")
        for name, cents in (("=Ana, “A”", 10_001), ("Zoe", 20_002)):
            client = scene.client(vault, ALICE, name, phone="")
            given = {"client": client, "lines": [{"description": "Work", "unit_cents": cents}]}
            draft = draft_invoice.perform(vault, ALICE, given).value.ref
            issue_invoice.perform(vault, ALICE, {"draft": draft, "issued_on": "2026-11-02"})
            job = scene.job(vault, ALICE, client)
            add_expense.perform(vault, ALICE, {"what": "Permit", "cents": 500, "job": job})
            if name != "Zoe":
                hours = {"starts_at": "2026-11-02T09:00", "ends_at": "2026-11-02T11:00"}
                add_time.perform(vault, ALICE, {**hours, "member": "U-2", "job": job})
            complete_job.perform(vault, ALICE, {"job": job})
        tag_clients.perform(vault, ALICE, {"clients": ["C-1"], "tag": "Landlord"})
        yield vault


def totals(vault: Vault, report: str, **asked: str) -> list[int]:
    return show_report.ask(vault, ALICE, {"report": report, **DAYS, **asked}).totals


def test_row_100_a_report_can_be_narrowed_to_a_tag_and_to_a_person(gulf: Vault) -> None:
    assert totals(gulf, "revenue") == [30_003]
    assert totals(gulf, "revenue", tag="landlord") == [10_001]
    assert totals(gulf, "services", tag="landlord") == [1_000, 10_001]
    assert totals(gulf, "receivables", tag="Landlord") == [1, 10_001]
    assert totals(gulf, "revenue", tag="Nobody") == [0]
    assert totals(gulf, "margins")[3] == 1_000
    assert totals(gulf, "margins", member="U-2")[3] == 500
    assert totals(gulf, "hours", member="U-2")[1] == 120
    with pytest.raises(Invalid):
        totals(gulf, "revenue", member="U-2")


def test_row_101_the_rows_of_every_report_come_at_once_with_a_fixed_header(gulf: Vault) -> None:
    for name in ReportName:
        asked = {"report": name, **DAYS}
        header, *table = csv.reader(StringIO(report_rows_csv.ask(gulf, ALICE, asked).removeprefix("\ufeff")))
        rows = take_report_rows.ask(gulf, ALICE, asked)
        assert header == [*HEADER, *(column.key for column in KINDS[name].columns)]
        assert [row[3] for row in table] == [row.ref for row in rows], name
    given = {"report": "revenue", **DAYS}
    _, *table = csv.reader(StringIO(report_rows_csv.ask(gulf, ALICE, given)))
    assert [row[6:] for row in table] == [["Zoe", "200.02"], ["'=Ana, “A”", "100.01"]]
