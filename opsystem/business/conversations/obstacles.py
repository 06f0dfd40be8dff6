"""Why a message cannot be sent, in words for the person who wants to send it."""

from __future__ import annotations

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Thread
from opsystem.business.profile.models import Profile
from opsystem.kit.errors import Conflict


def why_not(channel: str, profile: Profile, client: Client | None, thread: Thread | None) -> str | None:
    """Return the first thing in the way of a text ("sms") or email ("email"), or None."""
    name = client.name if client is not None else "This address"
    if channel == "sms":
        if client is not None and thread is None and client.phone is None:
            return f"{client.name} has no phone number. Add one first."
        if (client is not None and client.sms_stopped_at) or (thread is not None and thread.stopped_at):
            return f"{name} asked to get no more texts. Call instead."
        if profile.sms_number is None:
            return "The business has no number for texts yet. Texts can be sent as soon as it is there."
        return None
    if client is not None and thread is None and client.email is None:
        return f"{client.name} has no email address. Add one first."
    if (client is not None and client.mail_stopped_at) or (thread is not None and thread.stopped_at):
        return f"{name} asked to get no more emails. Call instead."
    if profile.mail_address is None:
        return "The business has no address for emails yet. Emails can be sent as soon as it is there."
    return None


def refuse_if_blocked(channel: str, profile: Profile, client: Client | None, thread: Thread | None) -> None:
    """Raise Conflict with the reason when nothing can be sent."""
    reason = why_not(channel, profile, client, thread)
    if reason is not None:
        raise Conflict(reason, code="cannot_send")
