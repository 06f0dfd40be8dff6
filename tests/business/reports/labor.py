"""Random work on a job: lines, hours of two people, expenses, a callback, a request, and its end."""

from __future__ import annotations

import random
from dataclasses import dataclass

from opsystem.business.expenses.operations import add_expense
from opsystem.business.intake.operations import add_request, take_request
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.jobs.operations import book_job, complete_job
from opsystem.business.prices.operations import add_price
from opsystem.business.timesheets.operations import add_time
from opsystem.operations import Work


@dataclass
class Labor:
    """The work on one client's jobs: the given one, its callback, and one that was asked for online."""

    work: Work
    chance: random.Random
    client: str
    job: str

    def play(self) -> None:
        """Work on all three and finish them."""
        again = {"client": self.client, "title": "Leaks again", "original_job": self.job}
        back = self.work.do(book_job, **again).ref
        asked = self.work.do(add_request, title="Drain", client=self.client, source="web").ref
        online = self.work.do(take_request, request=asked).ref
        for job in (self.job, back, online):
            self._toil(job)
            self.work.do(complete_job, job=job)

    def _toil(self, job: str) -> None:
        cents = self.chance.randint(1, 90_000)
        price = self.work.do(
            add_price, name=f"Service {cents % 3} {cents}", price_cents=cents, unit="each"
        ).ref
        listed = {"price": price, "quantity_milli": self.chance.choice((1_000, 1_500, 333))}
        self.work.do(add_job_line, job=job, **listed)
        bare = {"description": "Pipe", "unit_cents": self.chance.randint(0, 50_000)}
        self.work.do(add_job_line, job=job, **bare, cost_cents=self.chance.randint(0, 20_000))
        for member in self.chance.sample(("U-1", "U-2"), self.chance.randint(0, 2)):
            day = f"2026-03-{self.chance.randint(1, 28):02d}"
            hours = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T1{self.chance.randint(0, 9)}:17"}
            self.work.do(add_time, member=member, job=job, **hours)
        self.work.do(add_expense, what="Permit", cents=self.chance.randint(1, 9_999), job=job)
