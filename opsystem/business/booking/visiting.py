"""Booking by somebody from outside. A known client is known by the address he has proved, by nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select

from opsystem.business.booking.models import Service
from opsystem.business.booking.offering import service_numbered, show_offer
from opsystem.business.booking.records import BookedOnline, Checked
from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.operations import add_client, add_property
from opsystem.business.conversations.operations import reply_in_thread
from opsystem.business.conversations.threads import clients_at, thread_with
from opsystem.business.hours.area import is_served
from opsystem.business.hub.free_times import free_times
from opsystem.business.hub.models import SlotHold
from opsystem.business.intake.receiving import receive_request
from opsystem.business.intake.records import Source
from opsystem.business.jobs.operations import book_job
from opsystem.business.jobs.scheduling import say_time
from opsystem.business.links.codes import new_code, proved_lately, use_code
from opsystem.business.links.issuing import issue_link
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import number_of
from opsystem.business.wording import EmailField, Line, Name, PhoneField, Words
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation
from opsystem.operations.errand import office

Way = Literal["text", "email"]
Code = Annotated[str, Field(max_length=20)]
_PURPOSE = "booking"
_CALL = "We cannot book this online. Please call us."


@dataclass(frozen=True)
class _Place:
    street: str
    city: str
    state: str
    postcode: str


@operation(permission=Permission.BOOK, effect=Effect.SEND, label="Send booking code", assistant=False)
def send_booking_code(work: Work, *, way: Way, phone: PhoneField = "", email: EmailField = "") -> Checked:
    """Send a code to the address a visitor gave. The same answer, whether anybody is known there or not."""
    work.do(show_offer)
    channel, address = _address(way, phone, email)
    with office(work) as desk:
        code, name = new_code(desk, _PURPOSE, address), profile_row(desk.session).name
        thread = thread_with(desk, channel, address, None)
        if thread.stopped_at is not None:
            message = "We cannot send a code there. Give another phone or email."
            raise Invalid(
                message, code="cannot_send", fields={"phone" if way == "text" else "email": message}
            )
        words = f"{name}: your code is {code}. It serves for 10 minutes."
        subject = {"subject": f"Your code from {name}"} if channel == "email" else {}
        desk.do(reply_in_thread, thread=thread.ref, body=words, **subject)
    work.describe("Sent a booking code")
    return Checked(right=False)


@operation(permission=Permission.BOOK, effect=Effect.DRAFT, label="Check booking code", assistant=False)
def check_booking_code(
    work: Work, *, way: Way, code: Code, phone: PhoneField = "", email: EmailField = ""
) -> Checked:
    """Tell whether a code is right. A right one serves a booking within half an hour."""
    address = _address(way, phone, email)[1]
    with office(work) as desk:
        known = proved_lately(desk, _PURPOSE, address, code)
        return Checked(known or use_code(desk, _PURPOSE, address, code))


@operation(permission=Permission.BOOK, effect=Effect.COMMIT, label="Book online", assistant=False)
def book_online(
    work: Work,
    *,
    service: int,
    name: Name,
    way: Way,
    code: Code,
    street: Line,
    city: Line,
    state: Line = "",
    postcode: Line = "",
    phone: PhoneField = "",
    email: EmailField = "",
    details: Words = "",
    answer: Line = "",
    wished: Line = "",
    time: Annotated[str, Field(max_length=64)] = "",
    hold: Annotated[str, Field(max_length=64)] = "",
) -> BookedOnline:
    """Book a service: a visit at a time that is still free, or a request, as the business has set it.

    Raises Conflict `slot_taken` when the time is gone, and when the code was not the right one.
    """
    offer = work.do(show_offer)
    channel, address = _address(way, phone, email)
    place = _Place(street, city, state, postcode)
    with office(work) as desk:
        if not proved_lately(desk, _PURPOSE, address, code):
            raise Conflict("Type the code we sent you first.", code="not_proved")
        if not is_served(desk.session, postcode):
            raise Conflict("We do not come to this place. Please call us.", code="not_served")
        what = service_numbered(desk, service)
        client = _client(desk, channel, address, name, phone, email)
        where = _property(desk, client, place)
        notes = "\n".join(part for part in (details, _answer(what, answer)) if part)
        if offer.lands_as == "request":
            ref = receive_request(
                desk, title=what.name, source=Source.WEB, client=client, property_id=where, details=notes,
                wished=wished,
            ).ref  # fmt: skip
            said = "We have your request and get back to you soon."
            link = issue_link(desk, client_id=client.id)
        else:
            ref, said = _visit(desk, client, where, what, notes, time, hold)
            link = issue_link(desk, client_id=client.id, about=ref)
        thread = thread_with(desk, channel, address, client.id)
        subject = {"subject": f"Your booking with {offer.name}"} if channel == "email" else {}
        desk.do(reply_in_thread, thread=thread.ref, body=f"{offer.name}: {said} Your page: {link}", **subject)
    work.describe(f"Booked online: {what.name}, {name}")
    return BookedOnline(ref, said, link)


def _visit(
    desk: Work, client: Client, where: int, what: Service, notes: str, time: str, hold: str
) -> tuple[str, str]:
    found = free_times(desk, minutes=what.minutes, held_by=hold)
    chosen = next((one for one in found if one.shown.key == time), None)
    if chosen is None:
        raise Conflict("This time has just been taken. Please choose another one.", code="slot_taken")
    booked = desk.do(
        book_job,
        client=client.ref,
        title=what.name,
        property=make_ref("property", where),
        starts_at=chosen.shown.starts_at,
        minutes=what.minutes,
        members=(make_ref("member", chosen.member_id),),
        notes=notes,
    )
    for row in desk.session.scalars(select(SlotHold).where(SlotHold.key == hold)):
        row.used_at = desk.now
    return booked.visit or booked.ref, f"We come {say_time(desk, chosen.shown.starts_at)}."


def _client(desk: Work, channel: str, address: str, name: str, phone: str, email: str) -> Client:
    """Return who has proved this address; somebody new where nobody, or more than one, has it."""
    known = [one for one in clients_at(desk, channel, address) if one.archived_at is None]
    if any(one.refused_at is not None for one in known):
        raise Conflict(_CALL, code="call_us")
    if len(known) == 1:
        return known[0]
    added = desk.do(add_client, name=name, phone=phone, email=email)
    return desk.get(Client, added.id, "client")


def _property(desk: Work, client: Client, place: _Place) -> int:
    same = select(Property).where(Property.client_id == client.id, Property.removed_at.is_(None))
    for known in desk.session.scalars(same.order_by(Property.id)):
        if (
            known.street.casefold() == place.street.casefold()
            and known.city.casefold() == place.city.casefold()
        ):
            return known.id
    made = desk.do(
        add_property,
        client=client.ref,
        street=place.street,
        city=place.city,
        state=place.state,
        postcode=place.postcode,
    )
    return number_of(made.ref)


def _answer(what: Service, answer: str) -> str:
    return f"{what.question} {answer}" if answer else ""


def _address(way: Way, phone: str, email: str) -> tuple[str, str]:
    field, address = ("phone", phone) if way == "text" else ("email", email.lower())
    if not address:
        message = "We send a code there, so it is needed."
        raise Invalid(message, code="no_address", fields={field: message})
    return ("sms" if way == "text" else "email"), address
