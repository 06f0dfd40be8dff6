"""What may be done on the board: place visits, book free slots, say windows, note where places lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Property
from opsystem.business.dispatch.models import Location
from opsystem.business.dispatch.placing import placed, refuse_stale, refuse_taken, troubles_at
from opsystem.business.dispatch.records import LocationSaved, Placed, PlacedAll
from opsystem.business.dispatch.spots import noted_address
from opsystem.business.hours.windows import LONGEST, SHORTEST, window_from
from opsystem.business.jobs.models import Visit
from opsystem.business.jobs.operations import assign_visit, move_visit, schedule_visit
from opsystem.business.jobs.scheduling import (
    Members,
    Minutes,
    When,
    find_people,
    open_visit,
    people_of,
    say_names,
    say_time,
)
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import JobRef, PropertyRef, VisitRef, number_of
from opsystem.business.wording import Words
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Work, operation

Version = Annotated[
    str, Field(min_length=10, max_length=10, description="The visit's `version` as it was last seen.")
]
OnlyIfFree = Annotated[bool, Field(description="Refuse, saying why, when the time is not free any more.")]


@dataclass(frozen=True)
class Placing:
    """Where one visit goes; what is left out stays as it is."""

    visit: VisitRef
    base_version: Version | None = None
    starts_at: When | None = None
    minutes: Minutes | None = None
    members: Members | None = None


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Place visit")
def place_visit(
    work: Work,
    *,
    visit: VisitRef,
    base_version: Version | None = None,
    starts_at: When | None = None,
    minutes: Minutes | None = None,
    members: Members | None = None,
    only_if_free: OnlyIfFree = False,
) -> Placed:
    """Move a visit, change its length and say who goes, in one act. What is not given stays as it is.

    With `base_version` a visit that somebody changed meanwhile is refused as a conflict, saying where it
    is now. What speaks against the time is told in `troubles`; with `only_if_free` it is refused.
    """
    row = open_visit(work, visit)
    change = Placing(visit, base_version, starts_at, minutes, members)
    return _place(work, row, change, only_if_free=only_if_free, before=_window(row))


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Place visits")
def place_visits(
    work: Work,
    *,
    visits: Annotated[tuple[Placing, ...], Field(min_length=1, max_length=100)],
    only_if_free: OnlyIfFree = False,
) -> PlacedAll:
    """Place several visits at once: all of them, or none if one is refused."""
    rows = [open_visit(work, one.visit) for one in visits]
    if len({row.id for row in rows}) < len(rows):
        raise Invalid(
            "Each visit can be placed once.", code="twice", fields={"visits": "One is there twice."}
        )
    done = [
        _place(work, row, one, only_if_free=False, before=_window(row))
        for row, one in zip(rows, visits, strict=True)
    ]
    # Judged when all have moved: two that change places are in nobody's way.
    for row in rows:
        people = people_of(work, row)
        if only_if_free:
            refuse_taken(work, row, people, troubles_at(work, row, people))
    work.describe(f"Placed {', '.join(row.ref for row in rows[:5])}{' and others' if len(rows) > 5 else ''}")
    return PlacedAll(
        [
            placed(work, row, troubles_at(work, row, people_of(work, row)), tell_client=one.tell_client)
            for row, one in zip(rows, done, strict=True)
        ]
    )


def _window(visit: Visit) -> tuple[object, ...]:
    return (visit.window_starts_at, visit.window_ends_at, visit.starts_at)


def _place(
    work: Work, row: Visit, change: Placing, *, only_if_free: bool, before: tuple[object, ...]
) -> Placed:
    people = people_of(work, row) if change.members is None else find_people(work, change.members)
    starts = row.starts_at if change.starts_at is None else to_utc(work, change.starts_at)
    refuse_stale(work, row, change.base_version, f"{say_time(work, starts)}, {say_names(people)}")
    if change.starts_at is not None or change.minutes is not None:
        work.do(move_visit, visit=row.ref, starts_at=starts, minutes=change.minutes)
    if change.members is not None:
        work.do(assign_visit, visit=row.ref, members=change.members)
    troubles = troubles_at(work, row, people)
    if only_if_free:
        refuse_taken(work, row, people, troubles)
    work.describe(f"Placed {row.ref}: {say_time(work, row.starts_at)}, {say_names(people)}")
    told, now = before[:2], (row.window_starts_at, row.window_ends_at)
    # Without a window the client was told the time itself.
    tell = told != now if told[0] is not None else row.starts_at != before[2]
    return placed(work, row, troubles, tell_client=tell)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Book free slot")
def book_slot(
    work: Work,
    *,
    job: JobRef,
    starts_at: When,
    minutes: Minutes = 60,
    members: Members = (),
    instructions: Words = "",
) -> Placed:
    """Plan a visit for a job at a time that was suggested; refused, saying why, if it was taken meanwhile."""
    given = {"starts_at": starts_at, "minutes": minutes, "members": members, "instructions": instructions}
    saved = work.do(schedule_visit, job=job, **given)
    row = work.get(Visit, saved.id, "visit")
    people = people_of(work, row)
    troubles = troubles_at(work, row, people)
    refuse_taken(work, row, people, troubles)
    return placed(work, row, troubles, tell_client=True)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.DRAFT, label="Set arrival window")
def set_arrival_window(
    work: Work,
    *,
    visit: VisitRef,
    minutes: Annotated[int, Field(ge=0, le=LONGEST, multiple_of=SHORTEST)],
) -> Placed:
    """Say how exactly a client is told when somebody comes: a window of 15 minutes to 4 hours from the
    visit's start, or with 0 the time itself. The crew's own time stays."""
    row = open_visit(work, visit)
    before = (row.window_starts_at, row.window_ends_at)
    row.window_starts_at, row.window_ends_at = window_from(row.starts_at, minutes) or (None, None)
    work.session.flush()
    work.describe(f"Set the arrival window of {row.ref}")
    now = (row.window_starts_at, row.window_ends_at)
    return placed(work, row, troubles_at(work, row, people_of(work, row)), tell_client=before != now)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.DRAFT, label="Locate property")
def locate_property(
    work: Work,
    *,
    property: PropertyRef,  # noqa: A002
    latitude: Annotated[float, Field(ge=-90, le=90)],
    longitude: Annotated[float, Field(ge=-180, le=180)],
) -> LocationSaved:
    """Note where a property lies, in degrees (WGS 84), so that ways can be estimated. It holds for its
    present address only."""
    place = work.get(Property, number_of(property), "property")
    row = work.session.scalars(select(Location).where(Location.property_id == place.id)).one_or_none()
    row = row or Location(property_id=place.id)
    row.latitude_e6, row.longitude_e6 = round(latitude * 1e6), round(longitude * 1e6)
    row.address = noted_address(place.street, place.city, place.postcode)
    work.session.add(row)
    work.session.flush()
    work.describe(f"Located {place.ref}")
    return LocationSaved(place.ref, row.latitude_e6 / 1e6, row.longitude_e6 / 1e6)
