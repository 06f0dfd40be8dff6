"""Why a message cannot be sent, in words for the person who wants to send it."""

from __future__ import annotations

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Thread
from opsystem.business.profile.models import Profile
from opsystem.kit.errors import Conflict


def why_not(
    channel: str, profile: Profile, client: Client | None, thread: Thread | None, *, other: bool = False
) -> str | None:
    """Return the first thing in the way of a text ("sms") or email ("email"), or None.

    `other`: it goes to another person at the client. What the client itself stopped is about its own address.
    """
    name = client.name if client is not None and not other else "This address"
    own = client if not other else None
    if channel == "sms":
        if own is not None and thread is None and own.phone is None:
            return f"{own.name} has no phone number. Add one first."
        if (own is not None and own.sms_stopped_at) or (thread is not None and thread.stopped_at):
            return f"{name} asked to get no more texts. Call instead."
        if profile.sms_number is None:
            return "The business has no number for texts yet. Texts can be sent as soon as it is there."
        return None
    if own is not None and thread is None and own.email is None:
        return f"{own.name} has no email address. Add one first."
    if (own is not None and own.mail_stopped_at) or (thread is not None and thread.stopped_at):
        return f"{name} asked to get no more emails. Call instead."
    if profile.mail_address is None:
        return "The business has no address for emails yet. Emails can be sent as soon as it is there."
    return None


def refuse_if_blocked(
    channel: str, profile: Profile, client: Client | None, thread: Thread | None, *, other: bool = False
) -> None:
    """Raise Conflict with the reason when nothing can be sent."""
    reason = why_not(channel, profile, client, thread, other=other)
    if reason is not None:
        raise Conflict(reason, code="cannot_send")
