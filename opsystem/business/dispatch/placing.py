"""What the operations that place visits share: what was seen, what stands in the way, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from opsystem.business.dispatch.conflicts import troubles_of
from opsystem.business.dispatch.diary import Diary, open_diary
from opsystem.business.dispatch.minutes import minute_of, moment_of, say_clock, say_day
from opsystem.business.dispatch.records import Placed, Trouble, TroubleKind
from opsystem.business.dispatch.slots import find_slots
from opsystem.business.dispatch.versions import version_of
from opsystem.business.dispatch.wishes import make_wish, spot_of
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.rows import visit_state
from opsystem.business.jobs.scheduling import people_of, say_names, say_time
from opsystem.business.profile.queries import zone_of
from opsystem.business.team.models import Member
from opsystem.kit import clock
from opsystem.kit.errors import Conflict
from opsystem.operations import Work

# What refuses a time that was promised as free; a long way is only told.
_TAKEN = {TroubleKind.OVERLAP, TroubleKind.TIME_OFF, TroubleKind.OUTSIDE_HOURS}


def current_version(work: Work, visit: Visit) -> str:
    """Return the version of a visit's place now."""
    people = [person.id for person in people_of(work, visit)]
    return version_of(visit.starts_at, visit.ends_at, people, visit_state(visit).value)


def refuse_stale(work: Work, visit: Visit, base_version: str | None, wanted: str) -> None:
    """Refuse to place a visit that is no longer where it was seen. Raises Conflict saying both."""
    if base_version is None or base_version == current_version(work, visit):
        return
    now = f"{say_time(work, visit.starts_at)}, {say_names(people_of(work, visit))}"
    message = (
        f"{visit.ref} was changed meanwhile: it is now {now}. You wanted {wanted}. Nothing was moved; look"
        " and move it again."
    )
    raise Conflict(message, code="changed_meanwhile")


def diary_around(work: Work, members: Sequence[int], starts: int, ends: int) -> Diary:
    """Return the diary of people on the days a stretch touches, and a day to each side."""
    zone = zone_of(work.session)
    first, last = _day(starts, zone) - timedelta(days=1), _day(ends, zone) + timedelta(days=1)
    return open_diary(work.session, members, first, last)


def _day(minute: int, zone: str) -> date:
    return clock.local(moment_of(minute), zone).date()


def troubles_at(work: Work, visit: Visit, people: Sequence[Member]) -> list[Trouble]:
    """Return what speaks against the time a visit has now for these people."""
    job = work.get(Job, visit.job_id, "job")
    start, end = minute_of(visit.starts_at), minute_of(visit.ends_at)
    members = [person.id for person in people]
    diary = diary_around(work, members, start, end)
    return troubles_of(diary, members, start, end, spot_of(work.session, job.property_id), visit.id)


def refuse_taken(work: Work, visit: Visit, people: Sequence[Member], troubles: Sequence[Trouble]) -> None:
    """Refuse a time that is no longer free. Raises Conflict saying why and when it is free next."""
    reasons = [one.words for one in troubles if one.kind in _TAKEN]
    if not reasons:
        return
    job = work.get(Job, visit.job_id, "job")
    wish = make_wish(
        work.session,
        work.now,
        minutes=int((visit.ends_at - visit.starts_at).total_seconds() // 60),
        spot=spot_of(work.session, job.property_id),
        members=[person.id for person in people],
        together=True,
        leave_out=(visit.id,),
        most=1,
    )
    following = ""
    for slot in find_slots(work.session, wish):
        at, zone = minute_of(slot.starts_at), zone_of(work.session)
        following = f" Free next: {say_day(at, zone)}, {say_clock(at, zone)}, {' and '.join(slot.names)}."
    message = f"That time is no longer free. {'. '.join(reasons)}. Nothing was changed.{following}"
    raise Conflict(message, code="slot_taken")


def placed(work: Work, visit: Visit, troubles: list[Trouble], *, tell_client: bool) -> Placed:
    """Return where a visit is now."""
    people = people_of(work, visit)
    return Placed(
        ref=visit.ref,
        id=visit.id,
        job=work.get(Job, visit.job_id, "job").ref,
        version=current_version(work, visit),
        local_start=clock.local(visit.starts_at, zone_of(work.session)),
        minutes=int((visit.ends_at - visit.starts_at).total_seconds() // 60),
        names=[person.name for person in people],
        troubles=troubles,
        tell_client=tell_client,
    )
