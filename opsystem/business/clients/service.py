"""Whether anything may be booked for a client. Every operation that books asks here."""

from __future__ import annotations

from opsystem.business.clients.models import Client
from opsystem.kit.errors import Conflict
from opsystem.operations import Work

# What the client itself is told: the reason is the team's own business.
_TO_THE_CLIENT = "This cannot be booked online. Please call us."
_CLIENT = "client"


def why_not_served(client: Client) -> str | None:
    """Return in a sentence for the team why nothing may be booked for a client, or None."""
    if client.refused_at is not None:
        return f"{client.name} is marked do not service: {client.refused_reason.rstrip('.')}."
    if client.archived_at is not None:
        return f"{client.name} is archived. Restore the client first."
    return None


def refuse_unless_served(work: Work, client: Client) -> None:
    """Raise Conflict when nothing may be booked for a client: archived, or marked do not service."""
    reason = why_not_served(client)
    if reason is None:
        return
    code = "do_not_service" if client.refused_at is not None else "client_archived"
    raise Conflict(_TO_THE_CLIENT if work.actor.kind.value == _CLIENT else reason, code=code)
