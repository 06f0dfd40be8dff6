"""Writing a message that leaves after the business's hold: to whom, about what, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.clients.persons.models import Person
from opsystem.business.clients.persons.queries import recipient_of
from opsystem.business.clients.persons.records import Recipient
from opsystem.business.clients.purposes import Purpose
from opsystem.business.conversations.models import Message, MessageFile, Thread
from opsystem.business.conversations.records import Queued
from opsystem.business.conversations.threads import show_address
from opsystem.business.files.models import File
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.profile.models import Profile
from opsystem.business.references import number_of
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import make_ref, parse_ref
from opsystem.operations import ActorKind, Work


@dataclass(frozen=True)
class Written:
    """What is to be sent, and for what."""

    subject: str
    body: str
    about: str | None
    purpose: Purpose | None
    with_paper: bool = False
    files: tuple[File, ...] = ()


def place_of(work: Work, about: str | None, client: Client) -> int | None:
    """Return the property a visit or job is at. Raises Invalid unless it is the client's."""
    if about is None:
        return None
    kind, number = parse_ref(about)
    if kind not in {"visit", "job"}:
        return _place_of_paper(work, kind, number, client)
    job_id = work.get(Visit, number, "visit").job_id if kind == "visit" else number
    job = work.get(Job, job_id, "job")
    if job.client_id != client.id:
        message = f"{about} is not a {kind} of {client.name}."
        raise Invalid(message, code="other_client", fields={"about": message})
    return job.property_id


def _place_of_paper(work: Work, kind: str, number: int, client: Client) -> int | None:
    """Return the property of a quote or invoice; they stand above messages, so by table name."""
    table = Message.metadata.tables[kind]
    row = work.session.execute(select(table).where(table.c.id == number)).one_or_none()
    if row is None or row.client_id != client.id:
        message = f"{make_ref(kind, number)} is not one of {client.name}."
        raise Invalid(message, code="other_client", fields={"about": message})
    found: int | None = row.property_id
    return found


def chosen_recipient(
    work: Work,
    client: Client,
    person: str | None,
    purpose: Purpose,
    channel: str,
    property_id: int | None,
) -> Recipient | None:
    """Return who gets a message: the person named, else whoever hears about its purpose."""
    if person is None:
        return recipient_of(work, client, purpose, channel, property_id)
    row = work.get(Person, number_of(person), "person")
    if row.client_id != client.id:
        message = f"{person} is nobody at {client.name}."
        raise Invalid(message, code="other_client", fields={"person": message})
    address = (row.phone or row.other_phone) if channel == "sms" else (row.email or row.other_email)
    if not address:
        message = f"{row.name} has no {'phone number' if channel == 'sms' else 'email address'}."
        raise Invalid(message, code="no_address", fields={"person": message})
    return Recipient(row.name, address, row.ref, row.role)


def queue_message(
    work: Work, profile: Profile, thread: Thread, client: Client | None, written: Written, to: str = ""
) -> Queued:
    """Write the message and what leaves with it; it waits for the hold, so that it can be taken back."""
    hold = profile.sms_hold if thread.channel == "sms" else profile.mail_hold
    sends_at = work.now + timedelta(seconds=hold)
    message = Message(
        thread_id=thread.id,
        client_id=client.id if client is not None else thread.client_id,
        channel=thread.channel,
        inbound=False,
        subject=written.subject,
        body=written.body,
        purpose=written.purpose.value if written.purpose is not None else None,
        about=written.about,
        author=work.actor.name,
        by_assistant=work.actor.kind is ActorKind.ASSISTANT,
        state="queued",
        with_paper=written.with_paper,
        created_at=work.now,
    )
    work.session.add(message)
    work.session.flush()
    work.session.add_all(MessageFile(message_id=message.id, file_id=file.id) for file in written.files)
    payload: dict[str, object] = {"to": thread.address, "body": written.body}
    if thread.channel == "sms":
        payload["sender"] = profile.sms_number
    else:
        payload |= {
            "sender": profile.mail_address,
            "sender_name": profile.name,
            "subject": written.subject,
        }
    work.outbox(thread.channel, message.id, payload, sends_at)
    name = to or (client.name if client is not None else show_address(thread.channel, thread.address))
    work.describe(f"{'Texted' if thread.channel == 'sms' else 'Emailed'} {name}")
    return Queued(message.ref, message.id, thread.ref, sends_at)
