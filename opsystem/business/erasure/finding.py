"""What would go when a client is erased, found before anything is touched."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from opsystem.business.asking.models import Turn
from opsystem.business.clients.models import Client
from opsystem.business.erasure.mentions import mentioned_events, mentioned_talks, words_about
from opsystem.business.erasure.records import ErasureCounts
from opsystem.business.files.models import File, Preview
from opsystem.kit.errors import Conflict
from opsystem.operations import Work
from opsystem.vault.journals.erasing import Found, rows_about

_LEAVING = ("sending", "unknown")
_ANSWERING = ("queued", "running", "waiting")


@dataclass(frozen=True)
class Everything:
    """Every row about a client, and the contents that no row names once these are gone."""

    client: Client
    found: Found
    contents: list[str]


def everything_about(work: Work, client: Client) -> Everything:
    """Return everything the vault holds about a client."""
    first = rows_about(work.session, work.vault.schema, client.id, {})
    words = words_about(work, client)
    roots = {
        "conversation": mentioned_talks(work, first, words),
        "vendor_event": mentioned_events(work, first, words),
    }
    found = rows_about(work.session, work.vault.schema, client.id, roots)
    return Everything(client, found, _contents(work, found))


def refuse_while_busy(work: Work, everything: Everything) -> None:
    """Raise Conflict while something about the client is just under way: it would be written down again."""
    outbox = work.vault.schema.tables.outbox
    messages = everything.found.get("message", set())
    leaving = select(outbox.c.id).where(
        outbox.c.subject_id.in_(messages),
        outbox.c.state.in_(_LEAVING),
        outbox.c.channel.in_(("sms", "email")),
    )
    if work.session.scalar(leaving.limit(1)) is not None:
        raise Conflict("A message to this client is just leaving. Try again in a minute.", code="busy")
    talks = everything.found.get("conversation", set())
    answering = select(Turn.id).where(Turn.conversation_id.in_(talks), Turn.state.in_(_ANSWERING))
    if work.session.scalar(answering.limit(1)) is not None:
        raise Conflict(
            "Claude is at work on something about this client. Let it finish, or stop it first.", code="busy"
        )


def counted(work: Work, everything: Everything) -> ErasureCounts:
    """Return how much it is, in numbers."""
    found, change = everything.found, work.vault.schema.tables.change
    files = select(func.coalesce(func.sum(File.size), 0)).where(File.id.in_(found.get("file", set())))
    acts = select(func.count(change.c.change_set_id.distinct())).where(
        change.c.client_id == everything.client.id
    )
    return ErasureCounts(
        **{name: len(found.get(name, ())) for name in ErasureCounts.TABLES},
        file_bytes=work.session.scalar(files) or 0,
        acts=work.session.scalar(acts) or 0,
    )


def _contents(work: Work, found: Found) -> list[str]:
    """Return the content ids that only removed files and their previews name."""
    going, previews = found.get("file", set()), found.get("preview", set())
    mine = set(work.session.scalars(select(File.content_id).where(File.id.in_(going))))
    others = set(work.session.scalars(select(File.content_id).where(File.id.not_in(going))))
    for column in (Preview.small_id, Preview.large_id):
        mine |= {one for one in work.session.scalars(select(column).where(Preview.id.in_(previews))) if one}
        kept = work.session.scalars(select(column).where(Preview.id.not_in(previews)))
        others |= {one for one in kept if one}
    return sorted(mine - others)
