"""What a person should look at in payments by Stripe: listed, and done with."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.collecting.keeping import Finding
from opsystem.business.collecting.records import FindingRow
from opsystem.business.references import FindingRef, number_of
from opsystem.operations import Effect, Permission, Saved, Work, operation, query


@query(permission=Permission.MONEY_READ, label="List what differs")
def list_findings(work: Work) -> list[FindingRow]:
    """List what a person should look at in payments by Stripe, newest first. Amounts are US cents."""
    wanted = select(Finding).where(Finding.settled_at.is_(None)).order_by(Finding.id.desc()).limit(100)
    return [
        FindingRow(row.ref, row.id, row.about, row.words, row.cents, row.found_at)
        for row in work.session.scalars(wanted)
    ]


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.DRAFT, label="Settle a finding")
def settle_finding(work: Work, *, finding: FindingRef) -> Saved:
    """Say that somebody has looked at a finding and it needs nothing more."""
    row = work.get(Finding, number_of(finding), "finding")
    if row.settled_at is None:
        row.settled_at, row.settled_by = work.now, work.actor.name
        work.describe("Looked at what differed in payments")
    return Saved(row.ref, row.id)
