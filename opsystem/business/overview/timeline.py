"""Everything that happened with a client, by whom, the newest first.

Each source gives its newest entries down to the asked page; they are merged here. A source the
actor may not read gives none, so a technician's timeline has own visits, notes and files only.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from opsystem.business.clients.models import Client, Note
from opsystem.business.conversations.models import Message
from opsystem.business.files.models import File
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.jobs import PageNumber
from opsystem.business.overview.records import Timeline, TimelineEntry
from opsystem.business.references import ClientRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import ActorKind, Permission, Work, query

PAGE = 30

# What the other sources tell in full is not told again as a change.
_TOLD = ("note", "message", "thread", "file", "preview")


@query(permission=Permission.CLIENTS_READ, label="Show what happened with a client")
def client_timeline(work: Work, *, client: ClientRef, page: PageNumber = 1) -> Timeline:
    """Show what happened with a client, by whom: notes, messages, files, visits and changes."""
    row = work.get(Client, number_of(client), "client")
    most = page * PAGE + 1
    entries = [*_notes(work, row.id, most), *_files(work, row.id, most)]
    if work.actor.may(Permission.MESSAGES_READ):
        entries += _messages(work, row.id, most)
    if work.actor.may(Permission.HISTORY_READ):
        entries += _changes(work, row.id, most)
    else:
        entries += _visits(work, row.id, most)
    entries.sort(key=lambda entry: (entry.at, entry.kind, entry.ref), reverse=True)
    first = (page - 1) * PAGE
    return Timeline(entries[first : first + PAGE], page, len(entries) > first + PAGE)


def _notes(work: Work, client_id: int, most: int) -> Iterator[TimelineEntry]:
    statement = select(Note).where(Note.client_id == client_id).order_by(Note.created_at.desc()).limit(most)
    for note in work.session.scalars(statement):
        about = make_ref("job", note.job_id) if note.job_id else make_ref("client", note.client_id)
        yield TimelineEntry(
            note.created_at, "note", note.ref, "added", f"Note on {about}", note.body, note.author, False
        )


def _files(work: Work, client_id: int, most: int) -> Iterator[TimelineEntry]:
    statement = (
        select(File)
        .where(File.client_id == client_id, File.removed_at.is_(None))
        .order_by(File.added_at.desc())
        .limit(most)
    )
    for file in work.session.scalars(statement):
        kind = "photo" if file.is_photo else "file"
        yield TimelineEntry(
            file.added_at, "file", file.ref, kind, file.name, file.caption, file.added_by, False
        )


def _messages(work: Work, client_id: int, most: int) -> Iterator[TimelineEntry]:
    statement = (
        select(Message).where(Message.client_id == client_id).order_by(Message.created_at.desc()).limit(most)
    )
    for message in work.session.scalars(statement):
        word = "Text" if message.channel == "sms" else "Email"
        title = message.subject or (f"{word} received" if message.inbound else f"{word} sent")
        yield TimelineEntry(
            message.created_at,
            "message",
            message.ref,
            "in" if message.inbound else "out",
            title,
            message.body,
            message.author,
            message.by_assistant,
        )


def _visits(work: Work, client_id: int, most: int) -> Iterator[TimelineEntry]:
    statement = (
        select(Visit, Job)
        .join(Job, Job.id == Visit.job_id)
        .where(Job.client_id == client_id)
        .where(or_(Visit.started_at.is_not(None), Visit.finished_at.is_not(None)))
        .order_by(Visit.starts_at.desc())
        .limit(most)
    )
    for visit, job in work.session.execute(statement):
        facts = (
            ("started", visit.started_at, visit.started_by),
            ("finished", visit.finished_at, visit.finished_by),
        )
        for action, at, who in facts:
            if at is not None:
                title = f"{action.capitalize()} {visit.ref} of {job.ref} “{job.title}”"
                yield TimelineEntry(at, "visit", visit.ref, action, title, "", who or "", False)


def _changes(work: Work, client_id: int, most: int) -> Iterator[TimelineEntry]:
    tables = work.vault.schema.tables
    change_set, change = tables.change_set, tables.change
    touching = (
        select(change.c.change_set_id)
        .where(change.c.client_id == client_id, change.c.table_name.not_in(_TOLD))
        .distinct()
    )
    statement = (
        select(change_set)
        .where(change_set.c.id.in_(touching))
        .order_by(change_set.c.at.desc(), change_set.c.id.desc())
        .limit(most)
    )
    for row in work.session.execute(statement):
        yield TimelineEntry(
            row.at,
            "change",
            make_ref("change", row.id),
            row.operation,
            row.label,
            "",
            row.actor_name,
            row.actor_kind == ActorKind.ASSISTANT.value,
        )
