"""What a client wants to hear about. Nothing told means: visits and money yes, marketing no.

Marketing by text or call needs prior express consent in the United States (47 CFR 64.1200(a)); this house
asks for it on every channel.
"""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.consent.models import Consent
from opsystem.business.clients.consent.records import ConsentRow, Preference, Preferences
from opsystem.business.clients.models import Client
from opsystem.business.clients.purposes import Channel, Topic
from opsystem.business.references import ClientRef, number_of
from opsystem.operations import Permission, Work, query

_WAYS = {Channel.TEXT: "texts", Channel.EMAIL: "emails", Channel.CALL: "calls"}


def is_default(topic: Topic) -> bool:
    """Tell whether a topic is allowed when nothing was told."""
    return topic is not Topic.MARKETING


def told_last(work: Work, client_id: int, channel: Channel, topic: Topic) -> Consent | None:
    """Return the wish that counts, or None when nothing was told."""
    wanted = select(Consent).where(
        Consent.client_id == client_id, Consent.channel == channel.value, Consent.topic == topic.value
    )
    return work.session.scalars(wanted.order_by(Consent.id.desc()).limit(1)).first()


def unwanted(work: Work, client: Client, channel: Channel, topic: Topic) -> str | None:
    """Return in a sentence why a client must not be reached so about a topic, or None."""
    told = told_last(work, client.id, channel, topic)
    if told is None:
        if is_default(topic):
            return None
        return (
            f"{client.name} has not agreed to {_WAYS[channel]} about {topic}. Ask first, and note the answer."
        )
    if told.allowed:
        return None
    return (
        f"{client.name} wants no {_WAYS[channel]} about {topic}"
        f" (told {told.at:%b} {told.at.day}, {told.at.year}, by {told.source})."
    )


@query(permission=Permission.CLIENTS_READ, label="Show preferences")
def show_preferences(work: Work, *, client: ClientRef) -> Preferences:
    """Show what a client wants to hear about by text, email and call, and every wish ever told."""
    row = work.get(Client, number_of(client), "client")
    statement = select(Consent).where(Consent.client_id == row.id).order_by(Consent.id.desc())
    history = [_row(one) for one in work.session.scalars(statement)]
    newest: dict[tuple[str, str], ConsentRow] = {}
    for one in history:
        newest.setdefault((one.channel, one.topic), one)
    now = []
    for channel in Channel:
        for topic in Topic:
            told = newest.get((channel, topic))
            now.append(Preference(channel, topic, told.allowed if told else is_default(topic), told))
    return Preferences(now, history)


def _row(told: Consent) -> ConsentRow:
    return ConsentRow(
        id=told.id,
        channel=Channel(told.channel),
        topic=Topic(told.topic),
        allowed=told.allowed,
        wording=told.wording,
        source=told.source,
        at=told.at,
        by=told.by,
    )
