"""Whose address a message goes to, and whether its client wants it: asked twice, written and leaving."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.consent.queries import unwanted
from opsystem.business.clients.models import Client
from opsystem.business.clients.persons.models import Person
from opsystem.business.clients.persons.queries import persons_at
from opsystem.business.clients.purposes import CHANNEL_OF, TOPIC_OF, Purpose, Topic
from opsystem.business.conversations.models import Message, Thread
from opsystem.kit.errors import Conflict
from opsystem.operations import Work


def person_behind(work: Work, client: Client | None, thread: Thread) -> Person | None:
    """Return who at the client has a thread's address, None when it is the client itself or nobody known."""
    if client is None:
        return None
    own = client.phone if thread.channel == "sms" else (client.email or "").lower()
    if own == thread.address:
        return None
    found = persons_at(work, thread.channel, thread.address)
    return next((one for one in found if one.client_id == client.id), None)


def unwanted_message(work: Work, client: Client | None, channel: str, purpose: str | None) -> str | None:
    """Return why the client does not want a message of this purpose, or None."""
    if client is None or purpose is None:
        return None
    return unwanted(work, client, CHANNEL_OF[channel], TOPIC_OF[Purpose(purpose)])


def refuse_if_unwanted(work: Work, client: Client | None, channel: str, purpose: str | None) -> None:
    """Raise Conflict when the client does not want a message of this purpose."""
    reason = unwanted_message(work, client, channel, purpose)
    if reason is not None:
        raise Conflict(reason, code="not_wanted")


def purpose_of_answer(work: Work, thread: Thread) -> Purpose | None:
    """Return what an answer in a thread is for: None where somebody wrote first, who may be answered."""
    wrote = select(Message.id).where(Message.thread_id == thread.id, Message.inbound.is_(True)).limit(1)
    return None if work.session.scalar(wrote) is not None else Purpose.VISITS


def unwanted_call(work: Work, client: Client, topic: Topic) -> str | None:
    """Return why a client must not be called about a topic, or None."""
    return unwanted(work, client, CHANNEL_OF["call"], topic)
