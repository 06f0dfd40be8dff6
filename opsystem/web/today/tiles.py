"""The tiles of Today in words, each a link to the list it counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from opsystem.business.billing.queries import list_jobs_to_invoice
from opsystem.business.overview.queries import list_expected, list_late_visits, show_tiles
from opsystem.business.overview.tiles import Tile, TileName
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@dataclass(frozen=True)
class Look:
    """How a tile is called (one, many), its icon, and where its list is. `tone` is used when it counts."""

    one: str
    many: str
    icon: str
    route: str
    query: str = ""
    tone: str = "plain"


_LOOKS: dict[TileName, Look] = {
    TileName.VISITS: Look("visit today", "visits today", "calendar-days", "schedule:day"),
    TileName.LATE: Look("late visit", "late visits", "clock", "today:late", tone="bad"),
    TileName.UNSCHEDULED: Look(
        "job without a time", "jobs without a time", "calendar-clock", "jobs:list", "?state=unscheduled"
    ),
    TileName.UNREAD: Look("unread thread", "unread threads", "inbox", "inbox:list", "?filter=unread"),
    TileName.APPROVALS: Look("to approve", "to approve", "sparkles", "approvals:list", tone="ai"),
    TileName.QUOTES: Look(
        "quote waits for an answer", "quotes wait for an answer", "file-text", "quotes:list", "?state=waiting"
    ),
    TileName.TO_INVOICE: Look("job to invoice", "jobs to invoice", "circle-check", "today:to_invoice"),
    TileName.DRAFTS: Look("draft to issue", "drafts to issue", "pencil", "invoices:list", "#drafts"),
    TileName.OVERDUE: Look(
        "overdue invoice", "overdue invoices", "receipt", "invoices:list", "?which=overdue", "bad"
    ),
    TileName.UNPAID: Look("unpaid invoice", "unpaid invoices", "receipt", "invoices:list", "?which=unpaid"),
    TileName.EXPECTED: Look(
        "job expected in 7 days", "jobs expected in 7 days", "banknote", "today:expected"
    ),
}


def tiles(door: Door) -> list[tuple[Tile, Look, str]]:
    """Return the tiles that count something, each with its look and the address of its list."""
    return [
        (tile, look, door.url(look.route) + look.query)
        for tile in door.ask(show_tiles)
        if tile.count and (look := _LOOKS[tile.name])
    ]


@business_page(Permission.JOBS_READ)
def late(door: Door) -> HttpResponse:
    """Show the visits that should have begun and were never marked."""
    return door.page("today/late.html", {"visits": door.ask(list_late_visits)})


@business_page(Permission.MONEY_READ)
def expected(door: Door) -> HttpResponse:
    """Show what the jobs of the coming days will bring."""
    return door.page("today/expected.html", {"title": "Expected in 7 days", "jobs": door.ask(list_expected)})


@business_page(Permission.MONEY_READ)
def to_invoice(door: Door) -> HttpResponse:
    """Show finished jobs that have something left to invoice."""
    jobs = door.ask(list_jobs_to_invoice)
    return door.page("today/expected.html", {"title": "Finished, not invoiced yet", "jobs": jobs})
