"""What people may do with messages: send, answer, take back, read, and say whose a thread is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select, update

from opsystem.business.clients.models import Client
from opsystem.business.clients.purposes import Purpose
from opsystem.business.conversations.enclosing import (
    NOTHING,
    PAPERS,
    Enclosed,
    Files,
    chosen_files,
    hand_over,
)
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.conversations.obstacles import refuse_if_blocked
from opsystem.business.conversations.queueing import Written, chosen_recipient, place_of, queue_message
from opsystem.business.conversations.records import Queued
from opsystem.business.conversations.suppressing import refuse_if_suppressed
from opsystem.business.conversations.threads import find_thread, show_address, thread_with
from opsystem.business.conversations.visible import VISIBLE
from opsystem.business.conversations.wishes import person_behind, purpose_of_answer, refuse_if_unwanted
from opsystem.business.profile.models import Profile
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import AboutRef, ClientRef, MessageRef, PersonRef, ThreadRef, number_of
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import parse_ref
from opsystem.operations import Effect, Permission, Saved, Work, operation
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


For = Annotated[Purpose, Field(description="What it is about; the client's wishes are asked by it.")]
WithPaper = Annotated[bool, Field(description="Whether the PDF of the quote or invoice goes with it.")]
To = Annotated[PersonRef | None, Field(description="Somebody at the client, when it is for nobody else.")]


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.SEND, label="Send text", switch="sms")
def send_text(
    work: Work,
    *,
    client: ClientRef,
    body: TextBody,
    about: AboutRef | None = None,
    purpose: For = Purpose.VISITS,
    person: To = None,
) -> Queued:
    """Send a text message (SMS) to a client, best about a visit or job.

    It goes to whoever at the client hears about its purpose: visits the tenant, invoices accounts.
    """
    return _send(work, "sms", client, "", body, about, purpose, person)


@operation(
    permission=Permission.DELIVER,
    effect=Effect.SEND,
    label="Text for the business",
    # The system's own: what people asked for elsewhere goes out in the words of a template.
    assistant=False,
    switch="sms",
)
def text_for_business(work: Work, *, client: ClientRef, body: TextBody, about: AboutRef) -> Queued:
    """Text a client about a visit on the business's behalf, as `send_text` does for a person."""
    return _send(work, "sms", client, "", body, about, Purpose.VISITS, None)


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.SEND, label="Send email", switch="email")
def send_email(
    work: Work,
    *,
    client: ClientRef,
    subject: Subject,
    body: MailBody,
    about: AboutRef | None = None,
    purpose: For = Purpose.VISITS,
    person: To = None,
    with_paper: WithPaper = False,
    files: Files = (),
) -> Queued:
    """Send an email to a client, best about a visit or job.

    It goes to whoever at the client hears about its purpose: visits the tenant, invoices accounts.
    """
    if with_paper and (about is None or parse_ref(about)[0] not in PAPERS):
        message = "Say which quote or invoice goes with it."
        raise Invalid(message, code="no_paper", fields={"about": message})
    whose = work.get(Client, number_of(client), "client")
    enclosed = Enclosed(with_paper, tuple(chosen_files(work, files, whose)))
    return _send(work, "email", client, subject, body, about, purpose, person, enclosed)


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
    other = person_behind(work, client, row) is not None
    refuse_if_blocked(row.channel, profile, client, row, other=other)
    purpose = purpose_of_answer(work, row)
    refuse_if_unwanted(work, client, row.channel, purpose)
    row.last_at = max(row.last_at, work.now)
    title = (subject or _subject_of(work, row, profile)) if row.channel == "email" else ""
    return queue_message(work, profile, row, client, Written(title, body, None, purpose))


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
    hand_over(work, row.id, before, owner.id)
    work.describe(f"Put {show_address(row.channel, row.address)} to {owner.name}")
    return Saved(row.ref, row.id)


def _noun(channel: str) -> str:
    return "text" if channel == "sms" else "email"


def _send(
    work: Work,
    channel: str,
    client: str,
    subject: str,
    body: str,
    about: str | None,
    purpose: Purpose,
    person: str | None,
    enclosed: Enclosed = NOTHING,
) -> Queued:
    row = work.get(Client, number_of(client), "client")
    property_id = place_of(work, about, row)
    profile = profile_row(work.session)
    to = chosen_recipient(work, row, person, purpose, channel, property_id)
    other = to is not None and to.person is not None
    thread = find_thread(work, channel, to.address) if to is not None else None
    refuse_if_blocked(channel, profile, row, thread, other=other)
    refuse_if_unwanted(work, row, channel, purpose)
    if to is None:
        raise Conflict(f"{row.name} cannot be reached this way. Add an address first.", code="cannot_send")
    if thread is None:
        refuse_if_suppressed(work, channel, to.address)
    begun = thread_with(work, channel, to.address, row.id)
    written = Written(subject, body, about, purpose, enclosed.with_paper, enclosed.files)
    return queue_message(work, profile, begun, row, written, to.name)


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
