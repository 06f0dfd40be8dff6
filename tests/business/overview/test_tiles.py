"""Today's tiles: each is the sum of a list, and a role sees only what it may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from opsystem.business.invoices.operations import draft_invoice, issue_invoice
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.jobs.operations import complete_job
from opsystem.business.overview.queries import show_tiles
from opsystem.business.overview.tiles import TileName
from opsystem.business.payments.operations import record_payment
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.operations import CATALOGUE, Actor, Query, Role
from tests.business.gulf import Gulf, open_gulf
from tests.business.opening import ALICE, joined

# V-4 has begun; V-1 and V-3 were to begin at nine on this Monday, V-2 five days before.
NOON = datetime(2030, 11, 25, 18, 0, tzinfo=UTC)


@pytest.fixture
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gulf]:
    opened = open_gulf(tmp_path_factory.mktemp("gulf"))
    with opened.vault:
        line = {"description": "Pipe", "unit_cents": 33_333, "quantity_milli": 1_500}
        add_job_line.perform(opened.vault, ALICE, {"job": "J-2", **line})
        complete_job.perform(opened.vault, ALICE, {"job": "J-2", "open_visits": "cancel"}, at=NOON)
        for day, paid in (("2030-09-01", 10_000), ("2030-11-25", 0), ("2030-09-02", 75_000)):
            given = {"client": "C-1", "lines": [{"description": "Work", "unit_cents": 75_000}]}
            draft = draft_invoice.perform(opened.vault, ALICE, given, at=NOON).value
            issued = {"draft": draft.ref, "issued_on": day}
            invoice = issue_invoice.perform(opened.vault, ALICE, issued, at=NOON).value.ref
            if paid:
                payment = {"client": "C-1", "cents": paid, "method": "check", "invoices": [invoice]}
                record_payment.perform(opened.vault, ALICE, payment, at=NOON)
        draft_invoice.perform(opened.vault, ALICE, given, at=NOON)
        tank = [{"lines": [{"description": "Tank", "unit_cents": 90_000}]}]
        offer = {"client": "C-1", "title": "Tank", "options": tank}
        quote = add_quote.perform(opened.vault, ALICE, offer, at=NOON).value.ref
        mark_quote_sent.perform(opened.vault, ALICE, {"quote": quote}, at=NOON)
        yield opened


def listed(gulf: Gulf, actor: Actor, name: str, sums: str = "", **given: Any) -> tuple[int, int | None]:
    """Return how many a list has, and the sum of one of its amounts."""
    declared = CATALOGUE.get(name)
    assert isinstance(declared, Query)
    answer = declared.ask(gulf.vault, actor, given, at=NOON)
    rows = answer if isinstance(answer, list) else answer.rows
    return len(rows), sum(getattr(row, sums) for row in rows) if sums else None


def test_row_99_each_tile_equals_the_list_behind_it(gulf: Gulf) -> None:
    day = {"since": "2030-11-25", "until": "2030-11-25"}
    for actor in (ALICE, gulf.bob):
        told = {one.name: (one.count, one.cents) for one in show_tiles.ask(gulf.vault, actor, {}, at=NOON)}
        assert told[TileName.VISITS] == listed(gulf, actor, "list_visits", **day)
        assert told[TileName.LATE] == listed(gulf, actor, "list_late_visits")
        if actor is gulf.bob:
            assert told == {TileName.VISITS: (1, None), TileName.LATE: (1, None)}
            continue
        lists: dict[TileName, tuple[str, str, dict[str, Any]]] = {
            TileName.UNSCHEDULED: ("list_jobs", "", {"state": "unscheduled"}),
            TileName.UNREAD: ("list_threads", "", {"filter": "unread"}),
            TileName.APPROVALS: ("list_proposals", "", {}),
            TileName.QUOTES: ("list_quotes", "", {"state": "waiting"}),
            TileName.TO_INVOICE: ("list_jobs_to_invoice", "open_cents", {}),
            TileName.DRAFTS: ("list_drafts", "", {}),
            TileName.OVERDUE: ("list_invoices", "due_cents", {"which": "overdue"}),
            TileName.UNPAID: ("list_invoices", "due_cents", {"which": "unpaid"}),
            TileName.EXPECTED: ("list_expected", "open_cents", {}),
        }
        for name, (query, sums, given) in lists.items():
            assert told[name] == listed(gulf, actor, query, sums, **given), name
        assert told[TileName.TO_INVOICE] == (1, 50_000)
        assert told[TileName.OVERDUE] == (1, 65_000)
        assert told[TileName.UNPAID] == (2, 140_000)
        assert told[TileName.EXPECTED] == (2, 9_900 + 4_200)
        assert (told[TileName.LATE], told[TileName.QUOTES], told[TileName.DRAFTS]) == (
            (2, None),
            (1, None),
            (1, None),
        )


def test_row_99_tiles_of_money_are_for_who_may_read_money(gulf: Gulf) -> None:
    money = {TileName.QUOTES, TileName.TO_INVOICE, TileName.DRAFTS, TileName.OVERDUE, TileName.UNPAID}
    dana = joined(gulf.vault, "Dana Cole", Role.BOOKKEEPER, "acc-dana")
    hers = {one.name for one in show_tiles.ask(gulf.vault, dana, {}, at=NOON)}
    assert money <= hers and not {TileName.UNREAD, TileName.APPROVALS, TileName.UNSCHEDULED} & hers
    his = {one.name for one in show_tiles.ask(gulf.vault, gulf.bob, {}, at=NOON)}
    assert not (money | {TileName.EXPECTED}) & his
