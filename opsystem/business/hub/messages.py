"""What client and business write each other: the client writes here, the office answers as it always does."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.conversations.threads import thread_with
from opsystem.business.conversations.visible import visible
from opsystem.business.hub.records import Answered, MyMessage
from opsystem.business.wording import Body
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Work, operation, query
from opsystem.operations.errand import office

_MOST = 60


@query(permission=Permission.HUB, label="Show my messages", assistant=False)
def my_messages(work: Work) -> list[MyMessage]:
    """Show a client what was written between him and the business, the newest last."""
    newest = select(Message).order_by(Message.created_at.desc(), Message.id.desc()).limit(_MOST)
    found = list(reversed(work.session.scalars(newest).all()))
    return [MyMessage(one.id, one.inbound, one.subject, one.body, one.created_at) for one in found]


@operation(permission=Permission.HUB, effect=Effect.DRAFT, label="Write to the business", assistant=False)
def write_to_business(work: Work, *, text: Body, about: str = "") -> Answered:
    """Write to the business. It lands in the client's thread, unread, and is answered there."""
    client = work.get(Client, work.actor.client_id, "client")
    words = visible(text).strip()
    with office(work) as desk:
        thread = _thread(desk, client)
        thread.unread_since = thread.unread_since or work.now
        thread.last_at = max(thread.last_at, work.now)
        message = Message(
            thread_id=thread.id,
            client_id=client.id,
            channel=thread.channel,
            inbound=True,
            subject="From the client's page",
            body=f"About {about}: {words}" if about else words,
            author=client.name,
            state="received",
            created_at=work.now,
        )
        desk.session.add(message)
        desk.session.flush()
        ref = message.ref
    work.describe(f"{client.name} wrote")
    return Answered(ref, "Sent. We answer by text or email, and here.")


def _thread(desk: Work, client: Client) -> Thread:
    """Return the thread that was used last, else the one with the phone or mailbox on file."""
    newest = select(Thread).where(Thread.client_id == client.id, Thread.stopped_at.is_(None))
    known = desk.session.scalars(newest.order_by(Thread.last_at.desc()).limit(1)).first()
    if known is not None:
        return known
    if client.phone:
        return thread_with(desk, "sms", client.phone, client.id)
    if client.email:
        return thread_with(desk, "email", client.email.lower(), client.id)
    raise Conflict("We have no way to answer you. Please call us.", code="no_address")
