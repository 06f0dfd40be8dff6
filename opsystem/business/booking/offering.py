"""What the office offers for booking, and by which rules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select

from opsystem.business.booking.models import Service
from opsystem.business.booking.records import BookingSetup, Offer, ServiceRow
from opsystem.business.hub.rules import HubRules, rules_of
from opsystem.business.profile.queries import profile_row
from opsystem.business.wording import Line, Name, Words
from opsystem.kit.errors import Conflict, NotFound
from opsystem.operations import Effect, Permission, Work, operation, query
from opsystem.operations.errand import office

Hours = Annotated[int, Field(ge=0, le=336)]
Days = Annotated[int, Field(ge=1, le=90)]
ServiceMinutes = Annotated[int, Field(ge=15, le=480, description="How long a visit takes, in minutes.")]
Cents = Annotated[int, Field(ge=0, le=100_000_000, description="From how much, in US cents.")]


@query(permission=Permission.PROFILE_READ, label="Show online booking")
def show_booking(work: Work) -> BookingSetup:
    """Show whether clients can book online, what, and by which rules."""
    rules, plate = rules_of(work), work.vault.doorplate
    return BookingSetup(
        on=rules.booking_at is not None,
        address=f"{plate.origin}/book/{plate.number}",
        lands_as=rules.lands_as,
        notice_hours=rules.notice_hours,
        lead_hours=rules.lead_hours,
        days_ahead=rules.days_ahead,
        intro=rules.intro,
        services=services(work),
    )


@operation(permission=Permission.SETTINGS_MANAGE, effect=Effect.COMMIT, label="Set online booking")
def set_booking(
    work: Work,
    *,
    on: bool | None = None,
    lands_as: Literal["visit", "request"] | None = None,
    notice_hours: Hours | None = None,
    lead_hours: Hours | None = None,
    days_ahead: Days | None = None,
    intro: Words | None = None,
) -> BookingSetup:
    """Switch online booking on or off, and say how it goes. What is not given stays as it is."""
    rules = work.session.get(HubRules, 1)
    if rules is None:
        rules = HubRules(id=1, lands_as="request", notice_hours=24, lead_hours=24, days_ahead=21, intro="")
        work.session.add(rules)
    if on is not None and on != (rules.booking_at is not None):
        rules.booking_at = work.now if on else None
        rules.booking_by = work.actor.name if on else None
    given = {
        "lands_as": lands_as,
        "notice_hours": notice_hours,
        "lead_hours": lead_hours,
        "days_ahead": days_ahead,
        "intro": intro,
    }
    for field, value in given.items():
        if value is not None:
            setattr(rules, field, value)
    work.session.flush()
    work.describe(f"Set online booking: {'on' if rules.booking_at else 'off'}")
    return work.do(show_booking)


@operation(permission=Permission.SETTINGS_MANAGE, effect=Effect.COMMIT, label="Offer service online")
def add_service(
    work: Work,
    *,
    name: Name,
    minutes: ServiceMinutes = 60,
    description: Line = "",
    price_cents: Cents | None = None,
    question: Line = "",
) -> ServiceRow:
    """Offer work for online booking: how long it takes, from how much, and what is asked about it."""
    row = Service(
        name=name, minutes=minutes, description=description, price_cents=price_cents, question=question
    )
    work.session.add(row)
    work.session.flush()
    work.describe(f"Offered {name} for booking")
    return _row(row)


@operation(permission=Permission.SETTINGS_MANAGE, effect=Effect.COMMIT, label="Stop offering service")
def remove_service(work: Work, *, service: int) -> ServiceRow:
    """Take work off the booking page."""
    row = service_numbered(work, service)
    row.removed_at, row.removed_by = work.now, work.actor.name
    work.describe(f"Stopped offering {row.name}")
    return _row(row)


@query(permission=Permission.BOOK, label="Show what can be booked", assistant=False)
def show_offer(work: Work) -> Offer:
    """Show a visitor what can be booked. Raises NotFound while booking is off or nothing is offered."""
    with office(work) as desk:
        rules, offered, profile = rules_of(desk), services(desk), profile_row(desk.session)
        ways = [*(["text"] if profile.sms_number else []), *(["email"] if profile.mail_address else [])]
        if rules.booking_at is None or not offered:
            raise NotFound("Nothing can be booked here.", code="no_booking")
        return Offer(profile.name, profile.phone, rules.intro, rules.lands_as, ways, offered)


def services(work: Work) -> list[ServiceRow]:
    """Return what is offered, in the order it was entered."""
    standing = select(Service).where(Service.removed_at.is_(None)).order_by(Service.id)
    return [_row(one) for one in work.session.scalars(standing)]


def service_numbered(work: Work, number: int) -> Service:
    """Return a service that is offered. Raises NotFound, Conflict."""
    row = work.session.get(Service, number)
    if row is None:
        raise NotFound("There is no such service.", code="no_service")
    if row.removed_at is not None:
        raise Conflict("This is not offered any more. Please choose again.", code="service_removed")
    return row


def _row(row: Service) -> ServiceRow:
    return ServiceRow(row.id, row.name, row.description, row.minutes, row.price_cents, row.question)
