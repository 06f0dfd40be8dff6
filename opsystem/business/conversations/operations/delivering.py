"""How far our own messages have come, as our delivery and the vendors report it.

Every operation here may be performed again with the same report: it is noted once.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.conversations.obstacles import why_not
from opsystem.business.conversations.operations.sending import send_email, send_text
from opsystem.business.conversations.states import SETTLED, Delivery, Reported, may_follow
from opsystem.business.conversations.stopping import stop_address
from opsystem.business.conversations.wishes import person_behind, unwanted_message
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import MessageRef, number_of
from opsystem.kit.errors import Forbidden, NotFound
from opsystem.operations import Effect, Permission, Saved, Work, operation, query
from opsystem.operations.pipeline import check_switch

Key = Annotated[str, Field(min_length=1, max_length=1000)]
Reason = Annotated[str, Field(max_length=500)]


@query(permission=Permission.DELIVER, label="Look before sending", assistant=False)
def whether_to_send(work: Work, *, message: MessageRef) -> str | None:
    """Return why a message must not leave after all, or None. Asked right before it would.

    Since it was written somebody may have said stop, or its channel was switched off.
    """
    row = work.get(Message, number_of(message), "message")
    if row.inbound or row.state not in {"queued", "sending"}:
        return f"This message is {row.state.replace('_', ' ')} already."
    try:
        check_switch(send_text if row.channel == "sms" else send_email, work.session, work.vault)
    except Forbidden:
        return "Not sent: this is switched off in Settings."
    thread = work.get(Thread, row.thread_id, "thread")
    client = work.session.get(Client, row.client_id) if row.client_id is not None else None
    other = person_behind(work, client, thread) is not None
    return why_not(row.channel, profile_row(work.session), client, thread, other=other) or unwanted_message(
        work, client, row.channel, row.purpose
    )


@operation(permission=Permission.DELIVER, effect=Effect.DRAFT, label="Note progress", assistant=False)
def set_message_state(
    work: Work,
    *,
    message: MessageRef,
    state: Delivery,
    vendor_id: Key | None = None,
    problem: Reason | None = None,
    opted_out: bool = False,
) -> Saved:
    """Note how far our own delivery has come with a message. A later report is never taken back.

    `opted_out`: the vendor refuses because the recipient has told it to stop; nothing more goes there.
    """
    row = work.get(Message, number_of(message), "message")
    _move(work, row, state, vendor_id, problem)
    if opted_out:
        stop_address(work, row.channel, work.get(Thread, row.thread_id, "thread").address)
    work.describe(f"{row.ref}: {state.replace('_', ' ')}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.INBOUND, effect=Effect.DRAFT, label="Note delivery", assistant=False)
def note_delivery(
    work: Work,
    *,
    state: Reported,
    vendor_id: Key | None = None,
    token: Key | None = None,
    problem: Reason | None = None,
    opted_out: bool = False,
) -> Saved:
    """Note how far a message has come, as its vendor reports it: found by our token or the vendor's id.

    Order and repetition do not matter. Raises NotFound while no such message is known: a report
    may be faster than our own note.
    """
    row = _reported(work, vendor_id, token)
    _move(work, row, state, vendor_id, problem)
    if opted_out:
        stop_address(work, row.channel, work.get(Thread, row.thread_id, "thread").address)
    work.describe(f"{row.ref}: reported as {state}")
    return Saved(row.ref, row.id)


def _reported(work: Work, vendor_id: str | None, token: str | None) -> Message:
    row: Message | None = None
    if token is not None:
        tables = work.vault.schema.tables
        attempt, outbox = tables.attempt, tables.outbox
        subject = (
            select(outbox.c.subject_id)
            .join(attempt, attempt.c.outbox_id == outbox.c.id)
            .where(attempt.c.token == token, outbox.c.channel.in_(("sms", "email")))
        )
        number = work.session.scalar(subject)
        row = work.session.get(Message, number) if number is not None else None
    if row is None and vendor_id is not None:
        mine = select(Message).where(Message.vendor_id == vendor_id, Message.inbound.is_(False))
        row = work.session.scalars(mine).first()
    if row is None:
        raise NotFound("There is no such message.", code="no_message")
    return row


def _move(work: Work, row: Message, state: str, vendor_id: str | None, problem: str | None) -> None:
    if row.inbound:
        return
    if vendor_id is not None and row.vendor_id is None:
        row.vendor_id = vendor_id
    if not may_follow(row.state, state):
        return
    row.state = state
    row.settled_at = work.now if state in SETTLED else None
    row.problem = problem
