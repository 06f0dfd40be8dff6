"""Which rows of the journal an actor may read, by the table they are about."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.record import Record
from opsystem.operations import Permission, Work
from opsystem.vault.journals.journal import Change

_TABLES = {
    "profile": Permission.PROFILE_READ,
    "switch": Permission.PROFILE_READ,
    "member": Permission.TEAM_READ,
    "client": Permission.CLIENTS_READ,
    "property": Permission.CLIENTS_READ,
    "note": Permission.CLIENTS_READ,
    "price": Permission.PRICES_READ,
    "checklist": Permission.LISTS_READ,
    "checklist_item": Permission.LISTS_READ,
    "template": Permission.LISTS_READ,
    "job": Permission.JOBS_READ,
    "visit": Permission.JOBS_READ,
    "assignment": Permission.JOBS_READ,
    "task": Permission.JOBS_READ,
    "file": Permission.FILES_READ,
    "thread": Permission.MESSAGES_READ,
    "message": Permission.MESSAGES_READ,
    "proposal": Permission.APPROVE,
}
# The state of a message or thread moves by itself many times; what was done to it is one act.
QUIET = ("note_delivery", "set_message_state", "mark_read", "propose", "ask", "stop_turn", "expire_proposals")


def entities() -> dict[str, type[Record]]:
    """Return the class of every table of the trade."""
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Record.registry.mappers}


def readable_tables(work: Work) -> list[str]:
    """Return the tables whose changes the actor may read at all."""
    return [table for table, permission in _TABLES.items() if work.actor.may(permission)]


def is_visible(work: Work, change: Change) -> bool:
    """Tell whether the record that a change is about is there for the actor (or is gone)."""
    entity = entities().get(change.table)
    if entity is None or change.action == "delete":
        return True
    return work.session.scalar(select(entity.id).where(entity.id == change.row_id)) is not None
