"""What may be asked about clients that were entered twice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from opsystem.business.clients.merged import NotSame
from opsystem.business.clients.models import Client
from opsystem.business.clients.queries import client_record
from opsystem.business.clients.records import ClientRecord
from opsystem.business.jobs.queries.jobs import PageNumber
from opsystem.business.merging.alike import pairs_alike
from opsystem.operations import Page, Permission, Work, query

PAGE = 25


@dataclass(frozen=True)
class Alike:
    """Two clients that may be one, with the reasons."""

    first: ClientRecord
    second: ClientRecord
    reasons: list[str]


@query(permission=Permission.CLIENTS_WRITE, label="Find duplicates")
def find_duplicates(work: Work, *, page: PageNumber = 1) -> Page[Alike]:
    """Find clients that were probably entered twice: same phone, same email, or name and address alike.

    Those with the most reasons come first. Pairs of which somebody said that they differ are left out.
    """
    apart = {
        (min(pair), max(pair)) for pair in work.session.execute(select(NotSame.client_id, NotSame.other_id))
    }
    found = [(pair, why) for pair, why in pairs_alike(work).items() if pair not in apart]
    found.sort(key=lambda one: (-len(one[1]), one[0]))
    rows = []
    for (low, high), reasons in found[(page - 1) * PAGE : page * PAGE]:
        first, second = work.get(Client, low, "client"), work.get(Client, high, "client")
        rows.append(Alike(client_record(first), client_record(second), reasons))
    return Page(rows, len(found), page, PAGE)
