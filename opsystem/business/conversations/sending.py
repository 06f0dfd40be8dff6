"""The last look before a message leaves: what was true when it was written may not be true any more."""

from __future__ import annotations

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.conversations.obstacles import why_not
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.profile.models import Profile
from opsystem.business.references import MessageRef, number_of
from opsystem.kit.errors import Forbidden
from opsystem.operations import Permission, Work, query
from opsystem.operations.pipeline import check_switch


@query(permission=Permission.DELIVER, label="Look before sending", assistant=False)
def whether_to_send(work: Work, *, message: MessageRef) -> str | None:
    """Return why a queued message must not be sent now, None when nothing is in the way.

    Somebody may have said stop meanwhile, or the owner may have switched the channel off.
    """
    row = work.get(Message, number_of(message), "message")
    try:
        check_switch(send_text if row.channel == "sms" else send_email, work.session, work.vault)
    except Forbidden as off:
        return off.message
    thread = work.get(Thread, row.thread_id, "thread")
    client = work.session.get(Client, row.client_id) if row.client_id is not None else None
    return why_not(row.channel, work.get(Profile, 1, "profile"), client, thread)
