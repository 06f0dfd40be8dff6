"""Addresses that want no messages, remembered after everything else about them is gone.

Only a salted hash is kept: enough to know the address when it comes again, too little to tell it.
"""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Suppression, Thread
from opsystem.kit.errors import Conflict
from opsystem.operations import Work


def suppress_addresses(work: Work, client: Client) -> None:
    """Remember every address of a client that asked for no more messages."""
    stopped = {
        (row.channel, row.address)
        for row in work.session.scalars(select(Thread).where(Thread.client_id == client.id))
        if row.stopped_at is not None
    }
    if client.sms_stopped_at is not None and client.phone:
        stopped.add(("sms", client.phone))
    if client.mail_stopped_at is not None and client.email:
        stopped.add(("email", client.email.lower()))
    for channel, address in sorted(stopped):
        if suppression_of(work, channel, address) is None:
            salt = secrets.token_hex(16)
            digest = _digest(salt, address)
            work.session.add(Suppression(channel=channel, salt=salt, digest=digest, since=work.now))


def suppression_of(work: Work, channel: str, address: str) -> Suppression | None:
    """Return what is remembered of an address, or None."""
    for row in work.session.scalars(select(Suppression).where(Suppression.channel == channel)):
        if hmac.compare_digest(row.digest, _digest(row.salt, address)):
            return row
    return None


def refuse_if_suppressed(work: Work, channel: str, address: str) -> None:
    """Raise Conflict when an address asked for no more messages before it was erased."""
    if suppression_of(work, channel, address) is not None:
        raise Conflict("This address asked to get no more messages. Call instead.", code="cannot_send")


def _digest(salt: str, address: str) -> str:
    return hmac.digest(bytes.fromhex(salt), address.encode(), "sha256").hex()
