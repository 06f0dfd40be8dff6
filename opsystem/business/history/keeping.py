"""How long the journal keeps what things were like before. Who did what, and when, stays for ever."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, insert, select, text

from opsystem.business.profile.queries import profile_row
from opsystem.operations import Effect, Permission, Saved, Work, operation, query
from opsystem.vault.journals.seals import CLOSED_SEAL

Months = Annotated[int, Field(ge=1, le=84, description="Months, from 1 to 84.")]
_DROP = (
    f"UPDATE change SET before = NULL, after = NULL, seal = {CLOSED_SEAL} WHERE change_set_id <= :until"  # noqa: S608
    " AND length(seal) > 64 AND table_name NOT IN ('journal_cut', 'erasure')"
)


@query(permission=Permission.HISTORY_READ, label="Show how long details are kept")
def show_history_keeping(work: Work) -> int:
    """Return for how many months the history keeps what things were like before."""
    return profile_row(work.session).history_months


@operation(
    permission=Permission.SETTINGS_MANAGE,
    effect=Effect.COMMIT,
    label="Change how long details are kept",
    assistant=False,
)
def keep_history_for(work: Work, *, months: Months) -> Saved:
    """Set for how many months the history keeps what things were like before.

    What is older than that can be neither shown nor undone; who did what and when stays.
    """
    row = profile_row(work.session)
    row.history_months = months
    work.set_alarm("journal", work.now)
    work.describe(f"Set the history to keep details for {months} months")
    return Saved("", row.id)


@operation(permission=Permission.DELIVER, effect=Effect.FINAL, label="Drop old details", assistant=False)
def drop_old_details(work: Work) -> int:
    """Drop what the journal knows of how things were before the business's time; return how many rows."""
    tables = work.vault.schema.tables
    before = months_before(work.now, profile_row(work.session).history_months)
    until = last_before(work, before)
    if until is None:
        return 0
    dropped = work.session.execute(text(_DROP), {"until": until})
    work.session.execute(insert(tables.journal_cut).values(at=work.now, until=until))
    work.describe("Dropped details that had become old")
    return int(dropped.rowcount)  # type: ignore[attr-defined]


def last_before(work: Work, moment: datetime) -> int | None:
    """Return the last change set of a stretch whose details are all from before a moment, and still there."""
    sets = work.vault.schema.tables.change_set
    kept = sets.c.id > _dropped_until(work)
    young = work.session.scalar(select(func.min(sets.c.id)).where(kept, sets.c.at >= moment))
    old = kept if young is None else kept & (sets.c.id < young)
    last: int | None = work.session.scalar(select(func.max(sets.c.id)).where(old))
    return last


def _dropped_until(work: Work) -> int:
    cut = work.vault.schema.tables.journal_cut
    return work.session.scalar(select(func.max(cut.c.until))) or 0


@query(permission=Permission.DELIVER, label="Show when details become old", assistant=False)
def next_drop(work: Work) -> datetime | None:
    """Return when the oldest details that are kept become old, to the day; None when there are none."""
    sets = work.vault.schema.tables.change_set
    first = select(sets.c.at).where(sets.c.id > _dropped_until(work)).order_by(sets.c.id).limit(1)
    oldest = work.session.scalar(first)
    if oldest is None:
        return None
    return months_before(oldest, -profile_row(work.session).history_months) + timedelta(days=1)


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same moment so many months before, or the last day of that month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
