"""Writing a client's wish down."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from opsystem.business.clients.consent.models import Consent
from opsystem.business.clients.consent.records import Source
from opsystem.business.clients.models import Client
from opsystem.business.clients.purposes import Channel, Topic
from opsystem.business.references import ClientRef, number_of
from opsystem.business.wording import Line
from opsystem.operations import Effect, Permission, Saved, Work, operation

Wording = Annotated[str, Field(max_length=1000, description="The words agreed to, or in which it was told.")]


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Note preference")
def set_preference(
    work: Work,
    *,
    client: ClientRef,
    channel: Channel,
    topic: Topic,
    allowed: bool,
    source: Source,
    wording: Wording = "",
) -> Saved:
    """Write down whether a client wants to hear about visits, money or marketing by text, email or call.

    Every later message obeys it. What was told before stays in the record. A STOP stays stronger.
    """
    row = work.get(Client, number_of(client), "client")
    note_wish(work, row, channel, topic, allowed=allowed, source=source.value, wording=wording)
    answer = "yes" if allowed else "no"
    work.describe(f"{row.name}: {answer} to {channel} about {topic}")
    return Saved(row.ref, row.id)


def note_wish(
    work: Work,
    client: Client,
    channel: Channel,
    topic: Topic,
    *,
    allowed: bool,
    source: str,
    wording: Line,
) -> None:
    """Add a wish to what a client told."""
    work.session.add(
        Consent(
            client_id=client.id,
            channel=channel.value,
            topic=topic.value,
            allowed=allowed,
            wording=wording,
            source=source,
            at=work.now,
            by=work.actor.name,
        )
    )
    work.session.flush()
