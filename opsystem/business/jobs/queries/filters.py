"""Which jobs a list shows: the pipeline, state by state."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, true

from opsystem.business.jobs.models import Job
from opsystem.business.jobs.states import is_agreed, is_recurring, on_the_way, planned_visit_of_job, under_way


class StateFilter(StrEnum):
    """Which jobs are listed. `unscheduled` are agreed and have no time; `asked` wait for a quote or a yes."""

    OPEN = "open"
    ASKED = "asked"
    UNSCHEDULED = "unscheduled"
    SCHEDULED = "scheduled"
    UNDER_WAY = "under_way"
    ON_HOLD = "on_hold"
    RECURRING = "recurring"
    TO_BILL = "to_bill"
    DONE = "done"
    CANCELLED = "cancelled"
    ALL = "all"


def still_open() -> ColumnElement[bool]:
    """Return the condition that there is still work to do."""
    return and_(Job.completed_at.is_(None), Job.cancelled_at.is_(None), Job.merged_at.is_(None))


def condition_of(state: StateFilter) -> ColumnElement[bool]:
    """Return the condition of one part of the pipeline."""
    moving = and_(still_open(), Job.held_at.is_(None))
    done = and_(Job.completed_at.is_not(None), Job.cancelled_at.is_(None), Job.merged_at.is_(None))
    by_state: dict[StateFilter, ColumnElement[bool]] = {
        StateFilter.OPEN: still_open(),
        StateFilter.ASKED: and_(moving, ~is_agreed(), ~planned_visit_of_job()),
        StateFilter.UNSCHEDULED: and_(moving, is_agreed(), ~planned_visit_of_job()),
        StateFilter.SCHEDULED: and_(moving, planned_visit_of_job(), ~under_way(), ~on_the_way()),
        StateFilter.UNDER_WAY: and_(moving, under_way() | on_the_way()),
        StateFilter.ON_HOLD: and_(still_open(), Job.held_at.is_not(None)),
        StateFilter.RECURRING: and_(still_open(), is_recurring()),
        StateFilter.TO_BILL: and_(done, Job.invoiced_at.is_(None), Job.unbilled_at.is_(None)),
        StateFilter.DONE: done,
        StateFilter.CANCELLED: and_(Job.cancelled_at.is_not(None), Job.merged_at.is_(None)),
        StateFilter.ALL: true(),
    }
    return by_state[state]
