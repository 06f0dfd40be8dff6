"""Who worked on jobs: each with the own labor, the rest of the job shared out by minutes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from opsystem.business.costing.parts import Head, owners
from opsystem.business.costing.records import JobCost
from opsystem.business.team.models import Member
from opsystem.business.timesheets.labor import labor_by_person
from opsystem.kit.refs import make_ref
from opsystem.operations import Work

NOBODY = "No hours noted"


def heads_by_person(work: Work, costs: Sequence[JobCost]) -> dict[int, list[Head]]:
    """Return the people of jobs, by the job's number; callbacks count under the job they put right."""
    under = owners(costs)
    names = dict(work.session.execute(select(Member.id, Member.name)).all())
    found: dict[int, dict[int, Head]] = {cost.job_id: {} for cost in costs}
    for (job, member), told in labor_by_person(work, list(under)).items():
        known = Head(make_ref("member", member), names.get(member, ""), 0, None, 0)
        head = found[under[job]].setdefault(member, known)
        head.weight += told.minutes
        head.labor = (head.labor or 0) + told.cents
    return {job: list(heads.values()) or [Head("-", NOBODY)] for job, heads in found.items()}
