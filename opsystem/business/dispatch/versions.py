"""The version of a visit's place in the calendar: what somebody who moves it has seen.

Made from what moving can change (times, people, whether it is still to come), so an edit of anything
else refuses nobody, and undo brings the old version back with the old state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime


def version_of(starts_at: datetime, ends_at: datetime, members: Iterable[int], state: str) -> str:
    """Return the version of a visit with these times, people and state: ten letters and digits."""
    times = f"{starts_at.astimezone(UTC):%Y%m%dT%H%M%S}/{ends_at.astimezone(UTC):%Y%m%dT%H%M%S}"
    people = ",".join(str(one) for one in sorted(members))
    return hashlib.sha256(f"{times} {people} {state}".encode()).hexdigest()[:10]
