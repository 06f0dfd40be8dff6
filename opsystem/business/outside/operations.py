"""Making and ending links for outside. A secret is told once and never kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.jobs.models import Job
from opsystem.business.outside.models import CalendarLink, JobLink
from opsystem.business.references import JobRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.wording import Name
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.operations import Effect, Permission, Work, operation

_BYTES = 16  # 128 bits, beyond any guessing
LinkId = Annotated[int, Field(ge=1, le=2**53, description="The link's `id`.")]


@dataclass(frozen=True)
class NewLink:
    """A link as it is told this once: its number and its secret."""

    id: int
    secret: str


@dataclass(frozen=True)
class Ended:
    """A link that opens nothing any more."""

    id: int


def digest_of(kind: str, secret: str) -> str:
    """Return what is kept of a link's secret."""
    return hashlib.sha256(f"{kind} link {secret}".encode()).hexdigest()


@operation(
    permission=Permission.JOBS_READ,
    effect=Effect.COMMIT,
    label="Make calendar link",
    # Its secret would stand in the talk.
    assistant=False,
)
def make_calendar_link(work: Work) -> NewLink:
    """Make a secret address of your own visits for a calendar: times and numbers only. An older one ends."""
    member = work.get(Member, work.actor.member_id, "person on the team")
    _end_calendar(work, member.id)
    secret = secrets.token_urlsafe(_BYTES)
    link = CalendarLink(member_id=member.id, digest=digest_of("calendar", secret), made_at=work.now)
    work.session.add(link)
    work.session.flush()
    work.describe(f"Made a calendar link for {member.name}")
    return NewLink(link.id, secret)


@operation(permission=Permission.JOBS_READ, effect=Effect.COMMIT, label="End calendar link")
def end_calendar_link(work: Work) -> Ended:
    """End the address of your own calendar: it opens nothing any more."""
    ended = _end_calendar(work, work.actor.member_id or 0)
    if ended is None:
        raise Conflict("There is no calendar link to end.", code="no_link")
    work.describe("Ended a calendar link")
    return Ended(ended)


@operation(
    permission=Permission.JOBS_WRITE,
    effect=Effect.COMMIT,
    label="Share job",
    # Its secret would stand in the talk.
    assistant=False,
)
def share_job(
    work: Work, *, job: JobRef, name: Name, days: Annotated[int, Field(ge=1, le=90)] = 14
) -> NewLink:
    """Make a link that shows one job to a helper for some days: no prices, phone numbers masked."""
    row = work.get(Job, number_of(job), "job")
    if not row.is_open:
        message = f"{row.ref} is over."
        raise Invalid(message, code="job_over", fields={"job": message})
    secret = secrets.token_urlsafe(_BYTES)
    link = JobLink(
        job_id=row.id,
        digest=digest_of("job", secret),
        name=name,
        made_at=work.now,
        made_by=work.actor.name,
        expires_at=work.now + timedelta(days=days),
    )
    work.session.add(link)
    work.session.flush()
    work.describe(f"Shared {row.ref} “{row.title}” with {name}")
    return NewLink(link.id, secret)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Stop sharing job")
def stop_sharing(work: Work, *, link: LinkId) -> Ended:
    """End a link to a job: it opens nothing any more."""
    row = work.get(JobLink, link, "link")
    if row.revoked_at is not None:
        raise Conflict("This link was ended already.", code="link_ended")
    row.revoked_at, row.revoked_by = work.now, work.actor.name
    work.describe(f"Stopped sharing J-{row.job_id} with {row.name}")
    return Ended(row.id)


def open_job_link(work: Work, secret: str, at: datetime) -> JobLink:
    """Return the link of a secret while it is open. Raises NotFound, alike for wrong, ended and too late."""
    found = work.session.scalars(select(JobLink).where(JobLink.digest == digest_of("job", secret))).first()
    if found is None or found.revoked_at is not None or at >= found.expires_at:
        raise NotFound("This link leads nowhere any more.", code="no_link")
    return found


def _end_calendar(work: Work, member_id: int) -> int | None:
    open_one = select(CalendarLink).where(
        CalendarLink.member_id == member_id, CalendarLink.revoked_at.is_(None)
    )
    known = work.session.scalars(open_one).first()
    if known is not None:
        known.revoked_at = work.now
        work.session.flush()
        return known.id
    return None
