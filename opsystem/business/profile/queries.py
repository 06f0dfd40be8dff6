"""What may be asked about the business itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from opsystem.business.profile.models import Profile
from opsystem.business.profile.records import ProfileRecord, SwitchRow
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


class Switch(StrEnum):
    """What can be switched off for a business."""

    SMS = "sms"
    EMAIL = "email"
    ASSISTANT = "assistant"


SWITCHES = {
    Switch.SMS: ("Text messages", "Send texts to clients."),
    Switch.EMAIL: ("Emails", "Send emails to clients."),
    Switch.ASSISTANT: ("Claude", "Let people of the team ask Claude."),
}


def profile_row(session: Session) -> Profile:
    """Return the business's row. Raises NotFound in a vault that no business was opened in."""
    row = session.get(Profile, 1)
    if row is None:
        raise NotFound("This vault has no business yet.", code="no_profile")
    return row


def zone_of(session: Session) -> str:
    """Return the name of the business's time zone."""
    return session.scalar(select(Profile.zone).where(Profile.id == 1)) or "UTC"


def today(work: Work) -> date:
    """Return the day of the act on the business's own calendar."""
    return clock.local(work.now, zone_of(work.session)).date()


def to_utc(work: Work, moment: datetime) -> datetime:
    """Return a moment as aware UTC; one without zone is read as the business's wall clock."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    return clock.from_local(moment, zone_of(work.session))


@query(permission=Permission.PROFILE_READ, label="Show the business")
def business_profile(work: Work) -> ProfileRecord:
    """Show the business's name, phone, website, industry, time zone and sending addresses."""
    row = profile_row(work.session)
    return ProfileRecord(
        name=row.name,
        phone=row.phone,
        website=row.website,
        industry=row.industry,
        zone=row.zone,
        sms_number=row.sms_number,
        mail_address=row.mail_address,
        sms_hold=row.sms_hold,
        mail_hold=row.mail_hold,
        address=row.address,
        licence=row.licence,
        colour=row.colour,
        logo=make_ref("file", row.logo_file_id) if row.logo_file_id is not None else None,
    )


@query(permission=Permission.PROFILE_READ, label="List switches", assistant=False)
def list_switches(work: Work) -> list[SwitchRow]:
    """List what can be switched off, and what is: texts, emails, Claude."""
    switch = work.vault.schema.metadata.tables["switch"]
    known = {row.name: row for row in work.session.execute(select(switch))}
    rows = []
    for name, (label, description) in SWITCHES.items():
        row = known.get(name.value)
        off_at = row.off_at if row is not None else None
        off_by = row.off_by if row is not None else None
        rows.append(SwitchRow(name.value, label, description, off_at is None, off_at, off_by))
    return rows
