"""What may be done about certificates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from opsystem.business.certificates.models import Certificate
from opsystem.business.record import Record
from opsystem.business.references import CertificateRef, FileRef, MemberRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.COMMIT, label="Add certificate")
def add_certificate(
    work: Work,
    *,
    name: Name,
    member: MemberRef | None = None,
    number: Line = "",
    issuer: Line = "",
    expires_on: date | None = None,
    file: FileRef | None = None,
) -> Saved:
    """Add a licence, certificate or insurance of a person, or of the business when no `member` is named.

    `expires_on` is the last day it counts. Job types ask for it by its name.
    """
    whose = work.get(Member, number_of(member), "person on the team") if member is not None else None
    _sane(expires_on)
    row = Certificate(
        name=name,
        member_id=whose.id if whose is not None else None,
        number=number,
        issuer=issuer,
        expires_on=expires_on,
        file_id=_file(work, file),
        added_at=work.now,
        added_by=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()
    work.describe(f"Added {name} of {whose.name if whose is not None else 'the business'}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.COMMIT, label="Renew certificate")
def renew_certificate(
    work: Work,
    *,
    certificate: CertificateRef,
    expires_on: date,
    number: Line | None = None,
    issuer: Line | None = None,
    file: FileRef | None = None,
) -> Saved:
    """Write down that a certificate now lasts until another day, with its new number and paper."""
    row = _present(work, certificate)
    _sane(expires_on)
    row.expires_on = expires_on
    row.number = number if number is not None else row.number
    row.issuer = issuer if issuer is not None else row.issuer
    row.file_id = _file(work, file) if file is not None else row.file_id
    work.describe(f"Renewed {row.name} until {expires_on:%b} {expires_on.day}, {expires_on.year}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.COMMIT, label="Remove certificate")
def remove_certificate(work: Work, *, certificate: CertificateRef) -> Saved:
    """Take a certificate out of the list. It can be brought back with undo."""
    row = _present(work, certificate)
    row.removed_at, row.removed_by = work.now, work.actor.name
    work.describe(f"Removed {row.name}")
    return Saved(row.ref, row.id)


def _present(work: Work, reference: str) -> Certificate:
    row = work.get(Certificate, number_of(reference), "certificate")
    if row.removed_at is not None:
        raise Conflict(f"{row.ref} was removed.", code="removed")
    return row


def _sane(day: date | None) -> None:
    if day is not None and not 2000 <= day.year <= 2100:
        message = "Give a date between 2000 and 2100."
        raise Invalid(message, code="bad_day", fields={"expires_on": message})


def _file(work: Work, reference: str | None) -> int | None:
    """Return the number of a file that is there. Files stand above: their plain table is asked."""
    if reference is None:
        return None
    file = Record.metadata.tables["file"]
    there = select(file.c.id).where(file.c.id == number_of(reference), file.c.removed_at.is_(None))
    if work.session.scalar(there) is None:
        message = f"There is no file {reference}."
        raise Invalid(message, code="no_file", fields={"file": message})
    return number_of(reference)
