"""What may be asked of the board: free slots, what speaks against a time, who works when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Annotated

from pydantic import Field

from opsystem.business.clients.models import Property
from opsystem.business.dispatch.conflicts import troubles_of
from opsystem.business.dispatch.diary import open_diary
from opsystem.business.dispatch.minutes import minute_of
from opsystem.business.dispatch.placing import diary_around
from opsystem.business.dispatch.records import LaneDay, Slots, Trouble
from opsystem.business.dispatch.slots import Wish, find_slots
from opsystem.business.dispatch.wishes import MOST_DAYS, field_crew, make_wish, spot_of
from opsystem.business.hours.area import is_served
from opsystem.business.hours.records import minute_of as minute_of_day
from opsystem.business.hours.stretches import without
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.scheduling import Members, Minutes, When, find_people
from opsystem.business.jobtypes.fitness import obstacles
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import JobRef, MemberRef, PropertyRef, VisitRef, number_of
from opsystem.business.team.models import Member
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

Most = Annotated[int, Field(ge=1, le=20, description="How many are wanted.")]
Postcode = Annotated[str, Field(max_length=12, description="Where, when there is no property yet.")]
_MIDNIGHT = time(0)


@query(permission=Permission.JOBS_WRITE, label="Suggest slots")
def suggest_slots(
    work: Work,
    *,
    minutes: Minutes = 60,
    job: JobRef | None = None,
    visit: VisitRef | None = None,
    property: PropertyRef | None = None,  # noqa: A002
    postcode: Postcode = "",
    members: Members = (),
    together: bool = False,
    since: date | None = None,
    until: date | None = None,
    not_before: time = _MIDNIGHT,
    not_after: time = _MIDNIGHT,
    most: Most = 3,
) -> Slots:
    """Suggest the best free times, each with its score and the reasons for it, before promising one.

    Looks for anybody of `members` (without them: anybody who goes to visits), or with `together` for all
    of them at once, in the two weeks from `since` on unless `until` says else (at most 90 days). Where it
    is comes from the job, the visit to be moved, the property or the postcode. Starts lie between
    `not_before` and `not_after` (00:00: any time). The same data give the same answer.
    """
    where = _where(work, job, visit, property)
    people = [person.id for person in find_people(work, members)]
    spot = spot_of(work.session, where, postcode)
    if not is_served(work.session, spot.postcode):
        return Slots([], f"{spot.postcode} is outside your service area.")
    if until is not None and since is not None and (until - since).days > MOST_DAYS:
        message = f"Ask for at most {MOST_DAYS} days."
        raise Invalid(message, code="too_many_days", fields={"until": message})
    wish = make_wish(
        work.session,
        work.now,
        minutes=minutes,
        spot=spot,
        members=people,
        since=since,
        until=until,
        together=together,
        leave_out=(number_of(visit),) if visit is not None else (),
        most=most,
        between=(minute_of_day(not_before), minute_of_day(not_after, end=True)),
    )
    if not wish.members:
        return Slots([], "Nobody on the team goes to visits yet.")
    wish, unfit = _fit(work, wish, job, visit)
    if not wish.members:
        return Slots([], " ".join(unfit))
    slots = find_slots(work.session, wish)
    days = (wish.last - wish.first).days + 1
    return Slots(slots, "" if slots else f"Nobody has {minutes} minutes free in these {days} days.")


def _fit(work: Work, wish: Wish, job: str | None, visit: str | None) -> tuple[Wish, list[str]]:
    """Leave out who lacks what the sort of work asks for on the first day, and say why."""
    number = work.get(Visit, number_of(visit), "visit").job_id if visit is not None else None
    number = number_of(job) if number is None and job is not None else number
    sort = work.get(Job, number, "job").job_type_id if number is not None else None
    if sort is None:
        return wish, []
    people = [work.get(Member, one, "person on the team") for one in wish.members]
    lacks = {one.id: obstacles(work, sort, [one], wish.first) for one in people}
    unfit = [words for found in lacks.values() for words in found]
    able = tuple(one for one in wish.members if not lacks[one])
    return replace(wish, members=() if wish.together and unfit else able), list(dict.fromkeys(unfit))


def _where(work: Work, job: str | None, visit: str | None, place: str | None) -> int | None:
    if place is not None:
        return work.get(Property, number_of(place), "property").id
    if visit is not None:
        row = work.get(Visit, number_of(visit), "visit")
        return work.get(Job, row.job_id, "job").property_id
    return work.get(Job, number_of(job), "job").property_id if job is not None else None


@query(permission=Permission.JOBS_WRITE, label="Check a time")
def check_time(
    work: Work,
    *,
    starts_at: When,
    minutes: Minutes = 60,
    members: Members = (),
    visit: VisitRef | None = None,
    property: PropertyRef | None = None,  # noqa: A002
) -> list[Trouble]:
    """Say what speaks against a time for these people: another visit, time off, hours, a long way."""
    start = minute_of(to_utc(work, starts_at))
    people = [person.id for person in find_people(work, members)]
    spot = spot_of(work.session, _where(work, None, visit, property))
    diary = diary_around(work, people, start, start + minutes)
    own = number_of(visit) if visit is not None else None
    return troubles_of(diary, people, start, start + minutes, spot, own)


@query(permission=Permission.TEAM_READ, label="Show who works when")
def list_lanes(
    work: Work, *, since: date, until: date | None = None, member: MemberRef | None = None
) -> list[LaneDay]:
    """List what each person who goes to visits works on each day, and how much of it is booked."""
    last = until or since
    if not 0 <= (last - since).days <= MOST_DAYS:
        message = f"Ask for at most {MOST_DAYS} days."
        raise Invalid(message, code="bad_days", fields={"until": message})
    people = (number_of(member),) if member is not None else field_crew(work.session)
    diary = open_diary(work.session, people, since, last)
    lanes = []
    for number in sorted(diary.names, key=lambda one: (diary.names[one], one)):
        for day in diary.days:
            stretches, shown = diary.stretches(number, day), diary.work[number, day]
            midnight = diary.midnights[day]
            visits = diary.between(number, midnight, diary.midnights[day + timedelta(days=1)])
            free = without(stretches, [(one.start, one.end) for one in visits])
            worked = sum(end - start for start, end in stretches)
            lanes.append(
                LaneDay(
                    member=make_ref("member", number),
                    member_id=number,
                    name=diary.names[number],
                    day=day,
                    stretches=shown.stretches,
                    away=shown.away,
                    booked_minutes=worked - sum(end - start for start, end in free),
                )
            )
    return lanes
