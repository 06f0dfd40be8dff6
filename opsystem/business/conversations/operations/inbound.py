"""What comes in: texts and emails, and what vendors tell us, stored once before it is understood.

Every operation here may be performed again with the same report: it is noted once.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import select

from opsystem.business.conversations.enclosing import Arrived, keep_arrived
from opsystem.business.conversations.models import Message, VendorEvent
from opsystem.business.conversations.opting import own_words, wish_of
from opsystem.business.conversations.records import EventStored, Received
from opsystem.business.conversations.stopping import start_address, stop_address
from opsystem.business.conversations.threads import only_client_at, show_address, thread_with
from opsystem.business.conversations.visible import visible
from opsystem.kit.errors import Invalid
from opsystem.kit.phone import parse_phone
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation

Key = Annotated[str, Field(min_length=1, max_length=1000)]
_LONGEST = 200_000


@dataclass(frozen=True)
class Arrival:
    """Something that came in, read: from which address, by whom, and what it wishes."""

    channel: str
    vendor_key: str
    address: str
    author: str
    body: str
    wish: str | None


@operation(permission=Permission.INBOUND, effect=Effect.DRAFT, label="Receive text", assistant=False)
def receive_text(
    work: Work,
    *,
    vendor_key: Key,
    sender: Annotated[str, Field(min_length=1, max_length=40)],
    body: Annotated[str, Field(max_length=20_000)],
    to: Annotated[str, Field(max_length=320)] = "",  # noqa: ARG001
    opt_out: Literal["STOP", "START", "HELP"] | None = None,
) -> Received:
    """Take in a text. `opt_out` is what the vendor itself understood of it, if it did."""
    vendors = {"STOP": "stop", "START": "start", "HELP": "help"}
    wish = vendors[opt_out] if opt_out is not None else wish_of(body)
    address = _phone(sender)
    return _receive(work, Arrival("sms", vendor_key, address, show_address("sms", address), body, wish))


@operation(permission=Permission.INBOUND, effect=Effect.DRAFT, label="Receive email", assistant=False)
def receive_email(
    work: Work,
    *,
    vendor_key: Key,
    sender: Annotated[str, Field(min_length=3, max_length=320, pattern=r"^[^\s<>]+@[^\s<>]+$")],
    sender_name: Annotated[str, Field(max_length=300)] = "",
    to: Annotated[str, Field(max_length=320)] = "",  # noqa: ARG001
    subject: Annotated[str, Field(max_length=1000)] = "",
    body: str = "",
    automatic: bool = False,
    files: Annotated[tuple[Arrived, ...], Field(max_length=50)] = (),
    left_out: Annotated[str, Field(max_length=2_000)] = "",
) -> Received:
    """Take in an email: its plain text, and the files that came with it, which are kept with the client.

    An automatic one (an absence note) asks for nothing. `left_out` says which files were not kept, and why.
    """
    wish = None if automatic else wish_of(subject) or wish_of(own_words(body))
    mail = Arrival("email", vendor_key, sender.lower(), _line(sender_name) or sender, body[:_LONGEST], wish)
    came = _receive(work, mail, subject=_line(subject), unread=not automatic)
    if came.new:
        message = work.get(Message, came.id, "message")
        message.left_out = _line(left_out)
        keep_arrived(work, message, files)
    return came


@operation(permission=Permission.INBOUND, effect=Effect.DRAFT, label="Store event", assistant=False)
def store_event(
    work: Work,
    *,
    vendor: Annotated[str, Field(max_length=40)],
    key: Key,
    event: Annotated[str, Field(max_length=80)],
    payload: dict[str, Any],
) -> EventStored:
    """Store what a vendor tells, once under the vendor's own key; it is understood later."""
    known = select(VendorEvent.id).where(VendorEvent.vendor == vendor, VendorEvent.key == key)
    number = work.session.scalar(known)
    if number is not None:
        return EventStored(number, new=False)
    row = VendorEvent(
        vendor=vendor,
        key=key,
        event=event,
        payload=json.dumps(payload),
        received_at=work.now,
        due_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    # Stripe is asked about each of its events: that takes its time and must hold up no text.
    work.set_alarm("collecting" if vendor == "stripe" else "delivery", work.now)
    return EventStored(row.id, new=True)


def _receive(work: Work, arrival: Arrival, *, subject: str = "", unread: bool = True) -> Received:
    channel, address = arrival.channel, arrival.address
    known = select(Message).where(
        Message.vendor_id == arrival.vendor_key, Message.channel == channel, Message.inbound.is_(True)
    )
    message = work.session.scalars(known).first()
    new = message is None
    if message is None:
        thread = thread_with(work, channel, address, only_client_at(work, channel, address))
        if unread:
            thread.unread_since = work.now
        message = Message(
            thread_id=thread.id,
            client_id=thread.client_id,
            channel=channel,
            inbound=True,
            subject=subject,
            body=visible(arrival.body),
            author=arrival.author,
            state="received",
            vendor_id=arrival.vendor_key,
            created_at=work.now,
        )
        work.session.add(message)
        work.session.flush()
        if arrival.wish == "stop":
            stop_address(work, channel, address)
        elif arrival.wish == "start":
            start_address(work, channel, address)
        work.describe(f"Received {'a text' if channel == 'sms' else 'an email'} from {arrival.author}")
    client = make_ref("client", message.client_id) if message.client_id is not None else None
    opt = arrival.wish if arrival.wish in {"stop", "start"} else None
    return Received(message.ref, message.id, make_ref("thread", message.thread_id), client, opt, new)


def _line(text: str) -> str:
    """Return foreign words on one line, without characters that only steer."""
    shown = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return " ".join(shown.split())[:200]


def _phone(sender: str) -> str:
    """Return a sender as E.164; short codes and names stay as they are."""
    try:
        return parse_phone(sender)
    except Invalid:
        return sender
