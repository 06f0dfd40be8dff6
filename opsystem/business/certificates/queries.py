"""What may be asked about certificates: which there are, which end soon, who has a valid one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from opsystem.business.certificates.models import Certificate
from opsystem.business.certificates.records import CertificateRow, Warned
from opsystem.business.profile.queries import zone_of
from opsystem.business.team.models import Member
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

# Days before the end at which people are warned, more urgent each time.
WARNINGS = (60, 30, 7)


def today(work: Work) -> date:
    """Return the day it is in the business's zone."""
    return clock.local(work.now, zone_of(work.session)).date()


def certificate_row(row: Certificate, name: str | None, now: date) -> CertificateRow:
    """Return what is told about a certificate."""
    left = (row.expires_on - now).days if row.expires_on is not None else None
    return CertificateRow(
        ref=row.ref,
        id=row.id,
        name=row.name,
        member=make_ref("member", row.member_id) if row.member_id is not None else None,
        member_name=name,
        number=row.number,
        issuer=row.issuer,
        expires_on=row.expires_on,
        days_left=left,
        warned=warning_of(left),
        file=make_ref("file", row.file_id) if row.file_id is not None else None,
    )


def warning_of(days_left: int | None) -> Warned:
    """Return how urgent a certificate is with so many days left."""
    if days_left is None:
        return Warned.NO
    if days_left < 0:
        return Warned.EXPIRED
    nearest = [days for days in WARNINGS if days_left <= days]
    return Warned(str(min(nearest))) if nearest else Warned.NO


@query(permission=Permission.TEAM_READ, label="List certificates")
def list_certificates(work: Work, *, ending: bool = False) -> list[CertificateRow]:
    """List licences, certificates and insurances with the days left, the first to end first.

    With `ending`, only those that have ended or end within 60 days: `warned` says 60, 30, 7 or expired.
    """
    statement = (
        select(Certificate, Member.name)
        .outerjoin(Member, Member.id == Certificate.member_id)
        .where(Certificate.removed_at.is_(None), or_(Member.id.is_(None), Member.removed_at.is_(None)))
        .order_by(Certificate.expires_on.is_(None), Certificate.expires_on, Certificate.id)
    )
    now = today(work)
    if ending:
        statement = statement.where(Certificate.expires_on <= now + timedelta(days=WARNINGS[0]))
    return [certificate_row(row, name, now) for row, name in work.session.execute(statement)]


def why_not_valid(work: Work, name: str, people: Sequence[Member], day: date) -> list[str]:
    """Return in sentences who has no valid certificate of a name on a day."""
    papers = list(
        work.session.scalars(
            select(Certificate).where(Certificate.name == name, Certificate.removed_at.is_(None))
        )
    )
    own = [paper for paper in papers if paper.member_id is None]
    if own:
        return [] if _lasting(own, day) else [f"“{name}” of the business {_ended(own, today(work))}."]
    found = []
    for person in people:
        theirs = [paper for paper in papers if paper.member_id == person.id]
        if not theirs:
            found.append(f"{person.name} has no “{name}”.")
        elif not _lasting(theirs, day):
            found.append(f"{person.name}'s “{name}” {_ended(theirs, today(work))}.")
    return found


def _lasting(papers: Sequence[Certificate], day: date) -> bool:
    return any(paper.expires_on is None or paper.expires_on >= day for paper in papers)


def _ended(papers: Sequence[Certificate], now: date) -> str:
    last = max(paper.expires_on for paper in papers if paper.expires_on is not None)
    words = "expires" if last >= now else "expired"
    return f"{words} on {last:%b} {last.day}, {last.year}"
