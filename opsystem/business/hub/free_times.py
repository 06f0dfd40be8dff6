"""Times at which somebody is free: what a client may choose from. Looked for at the office's desk.

Which times there are, and who goes, is `dispatch`'s to say; what somebody else is just booking is taken out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from opsystem.business.dispatch.minutes import minute_of
from opsystem.business.dispatch.slots import Wish, find_slots
from opsystem.business.hub.models import SlotHold
from opsystem.business.hub.records import FreeTime
from opsystem.business.hub.rules import rules_of
from opsystem.business.profile.queries import zone_of
from opsystem.business.references import number_of
from opsystem.business.team.models import Member
from opsystem.kit import clock
from opsystem.operations import Role, Work

_MOST = 40


@dataclass(frozen=True)
class FreeTimes:
    """A free time and who would go."""

    shown: FreeTime
    member_id: int


def free_times(
    work: Work, *, minutes: int, leave_out: int | None = None, held_by: str = ""
) -> list[FreeTimes]:
    """Return the next free times of `minutes` in their order, at most forty.

    `leave_out` is a visit that is to be moved; what `held_by` holds itself is free for it.
    """
    rules, people = rules_of(work), _people(work)
    today = clock.local(work.now, zone_of(work.session)).date()
    holds = [one for one in _holds(work) if one.key != held_by]
    found: dict[str, FreeTimes] = {}
    # Asked once for everybody, and once without those of whom a time is held: another one may be free then.
    for members in (people, tuple(one for one in people if one not in {hold.member_id for hold in holds})):
        wish = Wish(
            minutes=minutes,
            members=members,
            first=today,
            last=today + timedelta(days=rules.days_ahead),
            earliest=minute_of(work.now + timedelta(hours=rules.lead_hours)) + 1,
            leave_out=(leave_out,) if leave_out is not None else (),
            most=_MOST,
            spread=False,
        )
        for slot in find_slots(work.session, wish) if members else []:
            shown = FreeTime(_key(slot.starts_at.isoformat(), minutes), slot.starts_at, slot.ends_at)
            goes = number_of(slot.members[0])
            if shown.key not in found and not _is_held(holds, goes, shown):
                found[shown.key] = FreeTimes(shown, goes)
    return sorted(found.values(), key=lambda one: one.shown.starts_at)


def _is_held(holds: list[SlotHold], member_id: int, time: FreeTime) -> bool:
    return any(
        one.member_id == member_id and one.starts_at < time.ends_at and one.ends_at > time.starts_at
        for one in holds
    )


def _key(start: str, minutes: int) -> str:
    return hashlib.sha256(f"{start} {minutes}".encode()).hexdigest()[:16]


def _people(work: Work) -> tuple[int, ...]:
    """Return who goes to clients: the technicians, or the owner of a business without any."""
    present = work.session.scalars(
        select(Member).where(Member.removed_at.is_(None)).order_by(Member.id)
    ).all()
    technicians = tuple(one.id for one in present if one.role == Role.TECHNICIAN.value)
    return technicians or tuple(one.id for one in present if one.role == Role.OWNER.value)


def _holds(work: Work) -> list[SlotHold]:
    standing = select(SlotHold).where(SlotHold.expires_at > work.now, SlotHold.used_at.is_(None))
    return list(work.session.scalars(standing))
