"""What may be done to the business itself."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field
from sqlalchemy import insert, select, update

from opsystem.business.profile.queries import SWITCHES, Switch, business_profile, list_switches, profile_row
from opsystem.business.profile.records import ProfileRecord, SwitchRow
from opsystem.business.wording import Line, Name
from opsystem.kit.colour import Colour
from opsystem.kit.phone import PhoneNumber
from opsystem.operations import Effect, Permission, Work, operation


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("Give a time zone like America/Chicago.")
    return name


Zone = Annotated[str, AfterValidator(_known_zone), Field(description="Time zone, like America/Chicago.")]
Seconds = Annotated[
    int, Field(ge=0, le=600, description="Seconds a message waits, so that it can be undone.")
]


@operation(
    permission=Permission.SETTINGS_MANAGE, effect=Effect.COMMIT, label="Edit the business", assistant=False
)
def edit_profile(
    work: Work,
    *,
    name: Name | None = None,
    phone: PhoneNumber | None = None,
    website: Line | None = None,
    industry: Line | None = None,
    zone: Zone | None = None,
    sms_hold: Seconds | None = None,
    mail_hold: Seconds | None = None,
    address: Line | None = None,
    licence: Line | None = None,
    colour: Colour | None = None,
) -> ProfileRecord:
    """Change what is known about the business. What is not given stays as it is."""
    row = profile_row(work.session)
    given = {
        "name": name,
        "phone": phone,
        "website": website,
        "industry": industry,
        "zone": zone,
        "sms_hold": sms_hold,
        "mail_hold": mail_hold,
        "address": address,
        "licence": licence,
        "colour": colour,
    }
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    work.describe("Changed the business's profile")
    work.session.flush()
    return work.do(business_profile)


@operation(
    permission=Permission.SETTINGS_MANAGE, effect=Effect.COMMIT, label="Switch on or off", assistant=False
)
def set_switch(work: Work, *, name: Switch, on: bool) -> SwitchRow:
    """Switch texts, emails or Claude on or off for the whole business."""
    switch = work.vault.schema.metadata.tables["switch"]
    row = work.session.execute(select(switch).where(switch.c.name == name.value)).one_or_none()
    is_on = row is None or row.off_at is None
    if is_on != on:
        values = {"off_at": None, "off_by": None} if on else {"off_at": work.now, "off_by": work.actor.name}
        if row is None:
            work.session.execute(insert(switch).values(name=name.value, **values))
        else:
            work.session.execute(update(switch).where(switch.c.id == row.id).values(**values))
    work.describe(f"Switched {SWITCHES[name][0]} {'on' if on else 'off'}")
    return next(row for row in work.do(list_switches) if row.name == name.value)
