"""What happened around one job, out of its client's history."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opsystem.business.history.records import TimelineRow
from opsystem.business.history.timeline import client_timeline
from opsystem.web.door import Door

_NAMED = re.compile(r"\b[A-Z]{1,2}-[1-9]\d*\b")
_MOST_PAGES = 3
_ENOUGH = 30


def job_timeline(door: Door, client: str, refs: Iterable[str]) -> list[TimelineRow]:
    """Return the newest acts that touched one of these records of a client, or name one in their label."""
    wanted = set(refs)
    found: list[TimelineRow] = []
    for number in range(1, _MOST_PAGES + 1):
        page = door.ask(client_timeline, client=client, page=number)
        found += [row for row in page.rows if wanted & _records_of(row)]
        if len(found) >= _ENOUGH or number >= page.last:
            break
    return found[:_ENOUGH]


def _records_of(row: TimelineRow) -> set[str]:
    about = {row.message.about} if row.message is not None and row.message.about else set()
    return {*row.refs, *_NAMED.findall(row.change.label), *about}
