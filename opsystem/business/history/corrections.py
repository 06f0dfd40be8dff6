"""What has left cannot be undone; what can be done instead is to write again to whom it went."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from opsystem.business.conversations.models import Message
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work


def where_to_correct(work: Work, numbers: Collection[int]) -> dict[int, str]:
    """Return for change sets that sent a message the thread to write a correction in, if the actor may."""
    if not numbers or not work.actor.may(Permission.MESSAGES_SEND):
        return {}
    change = work.vault.schema.tables.change
    sent = (
        select(change.c.change_set_id, Message.thread_id)
        .join(Message, Message.id == change.c.row_id)
        .where(
            change.c.change_set_id.in_(numbers), change.c.table_name == "message", change.c.action == "insert"
        )
    )
    return {row.change_set_id: make_ref("thread", row.thread_id) for row in work.session.execute(sent)}
