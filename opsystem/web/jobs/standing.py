"""How visits stand to the clock and to one another: which are late, and who is in two places at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from opsystem.business.jobs.records import VisitRow, VisitState
from opsystem.business.overview.ahead import PATIENCE

OPEN = (VisitState.PLANNED, VisitState.ON_THE_WAY, VisitState.STARTED)


def is_late(visit: VisitRow, now: datetime) -> bool:
    """Tell whether a visit should have begun a quarter of an hour ago, and nobody said it did."""
    return visit.state is VisitState.PLANNED and visit.starts_at + PATIENCE < now


def shown_state(visit: VisitRow, now: datetime) -> str:
    """Return the word a visit's pill has: its state, or late."""
    return "late" if is_late(visit, now) else visit.state.value


def clashes(visits: Iterable[VisitRow]) -> dict[int, list[str]]:
    """Return, by the number of a visit, who is also somewhere else in its time: `Bob (V-31)`."""
    by_person: dict[int, list[VisitRow]] = defaultdict(list)
    found: dict[int, list[str]] = defaultdict(list)
    for visit in visits:
        if visit.state not in OPEN:
            continue
        for person in visit.assignees:
            for other in by_person[person.id]:
                if other.starts_at < visit.ends_at and visit.starts_at < other.ends_at:
                    found[visit.id].append(f"{person.name} ({other.ref})")
                    found[other.id].append(f"{person.name} ({visit.ref})")
            by_person[person.id].append(visit)
    return dict(found)
