"""What people may do with messages: send, answer, take back, read, and say whose a thread is."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select, update

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.conversations.obstacles import refuse_if_blocked
from opsystem.business.conversations.records import Queued
from opsystem.business.conversations.suppressing import refuse_if_suppressed
from opsystem.business.conversations.threads import find_thread, show_address, thread_with
from opsystem.business.conversations.visible import VISIBLE
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.profile.models import Profile
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import AboutRef, ClientRef, MessageRef, ThreadRef, number_of
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import parse_ref
from opsystem.operations import ActorKind, Effect, Permission, Saved, Work, operation
from opsystem.operations.pipeline import check_switch
from opsystem.vault import outbox

# Twilio takes at most 1,600 characters a message (error 21617 beyond).
TextBody = Annotated[
    str, Field(min_length=1, max_length=1600, description="The exact words of the text."), VISIBLE
]
MailBody = Annotated[
    str, Field(min_length=1, max_length=20_000, description="The exact words of the email."), VISIBLE
]
Subject = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=r"^[^\r\n]+$", description="The email's subject line."),
    VISIBLE,
]


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.SEND, label="Send text", switch="sms")
def send_text(work: Work, *, client: ClientRef, body: TextBody, about: AboutRef | None = None) -> Queued:
    """Send a text message (SMS) to a client's phone, best about a visit or job."""
    row = work.get(Client, number_of(client), "client")
    _check_about(work, about, row)
    profile = profile_row(work.session)
    thread = find_thread(work, "sms", row.phone) if row.phone else None
    refuse_if_blocked("sms", profile, row, thread)
    if thread is None and row.phone:
        refuse_if_suppressed(work, "sms", row.phone)
    return _queue(work, profile, thread_with(work, "sms", row.phone or "", row.id), row, "", body, about)


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.SEND, label="Send email", switch="email")
def send_email(
    work: Work, *, client: ClientRef, subject: Subject, body: MailBody, about: AboutRef | None = None
) -> Queued:
    """Send an email to a client, best about a visit or job."""
    row = work.get(Client, number_of(client), "client")
    _check_about(work, about, row)
    profile = profile_row(work.session)
    address = row.email.lower() if row.email else ""
    thread = find_thread(work, "email", address) if address else None
    refuse_if_blocked("email", profile, row, thread)
    if thread is None and address:
        refuse_if_suppressed(work, "email", address)
    return _queue(work, profile, thread_with(work, "email", address, row.id), row, subject, body, about)


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.SEND, label="Answer")
def reply_in_thread(
    work: Work, *, thread: ThreadRef, body: MailBody, subject: Subject | None = None
) -> Queued:
    """Answer in a thread, whether it is known who writes there or not."""
    row = work.get(Thread, number_of(thread), "thread")
    check_switch(send_text if row.channel == "sms" else send_email, work.session, work.vault)
    if row.channel == "sms" and len(body) > 1600:
        message = "A text may have at most 1600 characters."
        raise Invalid(message, code="too_long", fields={"body": message})
    client = work.session.get(Client, row.client_id) if row.client_id is not None else None
    profile = profile_row(work.session)
    refuse_if_blocked(row.channel, profile, client, row)
    row.last_at = max(row.last_at, work.now)
    title = (subject or _subject_of(work, row, profile)) if row.channel == "email" else ""
    return _queue(work, profile, row, client, title, body, None)


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.COMMIT, label="Take back message")
def take_back_message(work: Work, *, message: MessageRef) -> Saved:
    """Take back a message that has not left yet."""
    row = work.get(Message, number_of(message), "message")
    if row.state != "queued" or not outbox.cancel(
        work.session, work.vault.schema, channel=row.channel, subject_id=row.id
    ):
        raise Conflict(
            "This has already left and cannot be taken back. Send a correction instead.", code="left_building"
        )
    row.state, row.settled_at, row.problem = "cancelled", work.now, f"Taken back by {work.actor.name}."
    work.describe(f"Took back {_noun(row.channel)} {row.ref}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.DRAFT, label="Mark as read", assistant=False)
def mark_read(work: Work, *, thread: ThreadRef) -> Saved:
    """Note that what came in on a thread has been read."""
    row = work.get(Thread, number_of(thread), "thread")
    row.unread_since = None
    return Saved(row.ref, row.id)


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.DRAFT, label="Say whose thread it is")
def attach_thread(work: Work, *, thread: ThreadRef, client: ClientRef) -> Saved:
    """Say which client writes on a thread; its earlier messages are then the client's too."""
    row = work.get(Thread, number_of(thread), "thread")
    owner = work.get(Client, number_of(client), "client")
    before = row.client_id
    row.client_id = owner.id
    mine = Message.client_id.is_(None) if before is None else Message.client_id == before
    work.session.execute(update(Message).where(Message.thread_id == row.id, mine).values(client_id=owner.id))
    work.describe(f"Put {show_address(row.channel, row.address)} to {owner.name}")
    return Saved(row.ref, row.id)


def _noun(channel: str) -> str:
    return "text" if channel == "sms" else "email"


def _check_about(work: Work, about: str | None, client: Client) -> None:
    """Raise Invalid unless the visit or job is the client's: a text goes to whom it concerns."""
    if about is None:
        return
    kind, number = parse_ref(about)
    job_id = work.get(Visit, number, "visit").job_id if kind == "visit" else number
    if work.get(Job, job_id, "job").client_id != client.id:
        message = f"{about} is not a {kind} of {client.name}."
        raise Invalid(message, code="other_client", fields={"about": message})


def _subject_of(work: Work, thread: Thread, profile: Profile) -> str:
    last = (
        select(Message.subject)
        .where(Message.thread_id == thread.id, Message.subject != "")
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
    )
    subject = work.session.scalar(last)
    if subject is None:
        return f"Message from {profile.name}"[:200]
    return (subject if subject[:3].lower() == "re:" else f"Re: {subject}")[:200]


def _queue(
    work: Work,
    profile: Profile,
    thread: Thread,
    client: Client | None,
    subject: str,
    body: str,
    about: str | None,
) -> Queued:
    """Write the message and what leaves with it; it waits for the hold, so that it can be taken back."""
    hold = profile.sms_hold if thread.channel == "sms" else profile.mail_hold
    sends_at = work.now + timedelta(seconds=hold)
    message = Message(
        thread_id=thread.id,
        client_id=client.id if client is not None else thread.client_id,
        channel=thread.channel,
        inbound=False,
        subject=subject,
        body=body,
        about=about,
        author=work.actor.name,
        by_assistant=work.actor.kind is ActorKind.ASSISTANT,
        state="queued",
        created_at=work.now,
    )
    work.session.add(message)
    work.session.flush()
    payload: dict[str, object] = {"to": thread.address, "body": body}
    if thread.channel == "sms":
        payload["sender"] = profile.sms_number
    else:
        payload |= {"sender": profile.mail_address, "sender_name": profile.name, "subject": subject}
    work.outbox(thread.channel, message.id, payload, sends_at)
    to = client.name if client is not None else show_address(thread.channel, thread.address)
    work.describe(f"{'Texted' if thread.channel == 'sms' else 'Emailed'} {to}")
    return Queued(message.ref, message.id, thread.ref, sends_at)
