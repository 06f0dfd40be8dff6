"""What of an accepted quote is on no job yet."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import func, select

from opsystem.business.acceptance.models import Acceptance
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Job
from opsystem.business.lines import line_cents
from opsystem.business.quotes.contents import lines_of
from opsystem.business.quotes.models import Quote, QuoteLine
from opsystem.business.quotes.sums import as_line, counted, totals_of
from opsystem.operations import Work


@dataclass(frozen=True)
class OpenPart:
    """A line that was accepted: its share of the discount in cents, and how much went to jobs before."""

    line: QuoteLine
    discount_cents: int
    gone_milli: int
    gone_discount: int

    @property
    def open_milli(self) -> int:
        """How much is on no job yet, in thousandths."""
        return max(0, self.line.quantity_milli - self.gone_milli)

    def discount_of(self, milli: int) -> int:
        """Return the share of the discount that goes with the next `milli`; the last part takes the rest."""
        upto = (self.gone_milli + milli) * self.discount_cents // self.line.quantity_milli
        return max(0, upto - self.gone_discount)


def open_parts(work: Work, quote: Quote, accepted: Acceptance) -> list[OpenPart]:
    """Return the lines that were accepted, and how much of each is open. A cancelled job holds none."""
    lines = counted(lines_of(work, quote.id)[accepted.option_id], json.loads(accepted.lines))
    nets = totals_of(quote, lines, ()).nets
    gone = (
        select(JobLine.quote_line_id, func.sum(JobLine.quantity_milli), func.sum(JobLine.discount_cents))
        .join(Job, Job.id == JobLine.job_id)
        .where(JobLine.quote_line_id.in_([one.id for one in lines]), Job.cancelled_at.is_(None))
        .group_by(JobLine.quote_line_id)
    )
    moved = {number: (milli, cents) for number, milli, cents in work.session.execute(gone)}
    return [
        OpenPart(one, line_cents(as_line(one)) - net, *moved.get(one.id, (0, 0)))
        for one, net in zip(lines, nets, strict=True)
    ]
