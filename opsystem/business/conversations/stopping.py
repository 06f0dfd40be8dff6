"""An address that wants no more messages, or wants them again: everything that follows from it."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.conversations.models import Message
from opsystem.business.conversations.suppressing import suppression_of
from opsystem.business.conversations.threads import clients_at, only_client_at, thread_with
from opsystem.operations import Work
from opsystem.vault import outbox


def stop_address(work: Work, channel: str, address: str) -> None:
    """Send nothing more to an address: whoever has it, whatever waits, from this moment.

    What is in the vendor's hands already is not called back; delivery asks once more before it sends.
    """
    thread = thread_with(work, channel, address, only_client_at(work, channel, address))
    thread.stopped_at = thread.stopped_at or work.now
    for client in clients_at(work, channel, address):
        if channel == "sms":
            client.sms_stopped_at = client.sms_stopped_at or work.now
        else:
            client.mail_stopped_at = client.mail_stopped_at or work.now
    waiting = select(Message).where(Message.thread_id == thread.id, Message.state == "queued")
    for message in work.session.scalars(waiting).all():
        if outbox.cancel(work.session, work.vault.schema, channel=channel, subject_id=message.id):
            message.state, message.settled_at = "cancelled", work.now
            message.problem = "Not sent: the recipient asked to get no more messages."


def start_address(work: Work, channel: str, address: str) -> None:
    """Let messages go to an address again."""
    thread_with(work, channel, address, None).stopped_at = None
    remembered = suppression_of(work, channel, address)
    if remembered is not None:
        work.session.delete(remembered)
    for client in clients_at(work, channel, address):
        if channel == "sms":
            client.sms_stopped_at = None
        else:
            client.mail_stopped_at = None
