"""What may be asked about messages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, func, or_, select

from opsystem.business.clients.models import Client
from opsystem.business.conversations.enclosing import files_of
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.conversations.obstacles import why_not
from opsystem.business.conversations.records import MessageFileRow, MessageRow, ThreadDetail, ThreadRow
from opsystem.business.conversations.wishes import person_behind, purpose_of_answer, unwanted_message
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import MessageRef, ThreadRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query

PAGE = 25
MESSAGES = 50
PageNumber = Annotated[int, Field(ge=1)]


@query(permission=Permission.MESSAGES_READ, label="List threads")
def list_threads(
    work: Work,
    *,
    filter: Literal["all", "unread", "waiting"] = "all",  # noqa: A002
    text: Annotated[str, Field(max_length=100, description="Part of a name, number or address.")] = "",
    page: PageNumber = 1,
) -> Page[ThreadRow]:
    """List threads of texts and emails, newest first: all, unread ones, or those that wait for an answer."""
    wanted: list[ColumnElement[bool]] = []
    if filter == "unread":
        wanted.append(Thread.unread_since.is_not(None))
    elif filter == "waiting":
        wanted.append(_waiting())
    if text:
        wanted.append(_named(text))
    total = work.session.scalar(select(func.count(Thread.id)).where(*wanted)) or 0
    newest = select(Thread).where(*wanted).order_by(Thread.last_at.desc(), Thread.id.desc())
    threads = work.session.scalars(newest.limit(PAGE).offset((page - 1) * PAGE)).all()
    return Page(rows=_threads(work, list(threads)), total=total, number=page, size=PAGE)


@query(permission=Permission.MESSAGES_READ, label="Show thread")
def show_thread(work: Work, *, thread: ThreadRef, page: PageNumber = 1) -> ThreadDetail:
    """Show the messages of a thread, and whether one can be sent there."""
    row = work.get(Thread, number_of(thread), "thread")
    total = work.session.scalar(select(func.count(Message.id)).where(Message.thread_id == row.id)) or 0
    newest = (
        select(Message)
        .where(Message.thread_id == row.id)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(MESSAGES)
        .offset((page - 1) * MESSAGES)
    )
    messages = list(reversed(work.session.scalars(newest).all()))
    client = work.session.get(Client, row.client_id) if row.client_id is not None else None
    other = person_behind(work, client, row)
    obstacle = why_not(row.channel, profile_row(work.session), client, row, other=other is not None)
    if obstacle is None:
        obstacle = unwanted_message(work, client, row.channel, purpose_of_answer(work, row))
    return ThreadDetail(
        _threads(work, [row])[0],
        message_rows(work, messages),
        total,
        page,
        MESSAGES,
        obstacle,
        person=f"{other.name} ({other.role})" if other is not None else None,
        do_not_service=client.refused_reason if client is not None and client.refused_at else None,
    )


@query(permission=Permission.MESSAGES_READ, label="Show message")
def show_message(work: Work, *, message: MessageRef) -> MessageRow:
    """Show one message and how far it has come."""
    return message_rows(work, [work.get(Message, number_of(message), "message")])[0]


@query(permission=Permission.MESSAGES_READ, label="List unanswered threads")
def list_waiting(work: Work, *, page: PageNumber = 1) -> Page[ThreadRow]:
    """List threads whose newest message came from the client and has no answer yet."""
    return work.do(list_threads, filter="waiting", page=page)


def message_rows(work: Work, messages: list[Message]) -> list[MessageRow]:
    """Return messages as they are told about, with the time at which queued ones leave."""
    queued = [message.id for message in messages if message.state == "queued"]
    due: dict[int, datetime] = {}
    if queued:
        outbox = work.vault.schema.tables.outbox
        waiting = select(outbox.c.subject_id, outbox.c.due_at).where(
            outbox.c.channel.in_(("sms", "email")),
            outbox.c.subject_id.in_(queued),
            outbox.c.state == "queued",
        )
        due = {row.subject_id: row.due_at for row in work.session.execute(waiting)}
    files = files_of(work, [message.id for message in messages])
    return [_message(message, due.get(message.id), files.get(message.id, [])) for message in messages]


def _message(message: Message, sends_at: datetime | None, files: list[MessageFileRow]) -> MessageRow:
    return MessageRow(
        ref=message.ref,
        id=message.id,
        thread=make_ref("thread", message.thread_id),
        client=make_ref("client", message.client_id) if message.client_id is not None else None,
        channel=message.channel,
        inbound=message.inbound,
        subject=message.subject,
        body=message.body,
        about=message.about,
        author=message.author,
        by_assistant=message.by_assistant,
        state=message.state,
        problem=message.problem,
        created_at=message.created_at,
        settled_at=message.settled_at,
        sends_at=sends_at,
        with_paper=message.with_paper,
        files=files,
        left_out=message.left_out,
    )


def _newest_message() -> ColumnElement[int]:
    return (
        select(Message.id)
        .where(Message.thread_id == Thread.id)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
        .correlate(Thread)
        .scalar_subquery()
    )


def _waiting() -> ColumnElement[bool]:
    inbound = select(Message.id).where(Message.id == _newest_message(), Message.inbound.is_(True))
    return inbound.correlate(Thread).exists() & Thread.stopped_at.is_(None)


def _named(text: str) -> ColumnElement[bool]:
    digits = "".join(character for character in text if character.isdigit())
    named = select(Client.id).where(Client.name.icontains(text, autoescape=True))
    ways: list[ColumnElement[bool]] = [
        Thread.client_id.in_(named),
        Thread.address.icontains(text, autoescape=True),
    ]
    if len(digits) >= 3:
        ways.append(Thread.address.contains(digits))
    return or_(*ways)


def _threads(work: Work, threads: list[Thread]) -> list[ThreadRow]:
    """Return threads with client and newest message: three questions, however many threads."""
    ids = [thread.id for thread in threads]
    clients = {thread.client_id for thread in threads if thread.client_id is not None}
    named = select(Client.id, Client.name).where(Client.id.in_(clients))
    names = dict(work.session.execute(named).all())
    newest = select(Message).join(Thread, Message.id == _newest_message()).where(Thread.id.in_(ids))
    rows = message_rows(work, list(work.session.scalars(newest)))
    last = {row.thread: row for row in rows}
    return [_thread(thread, names, last.get(thread.ref)) for thread in threads]


def _thread(thread: Thread, names: dict[int, str], last: MessageRow | None) -> ThreadRow:
    client_id = thread.client_id
    return ThreadRow(
        ref=thread.ref,
        id=thread.id,
        channel=thread.channel,
        address=thread.address,
        client=make_ref("client", client_id) if client_id is not None else None,
        client_name=names.get(client_id) if client_id is not None else None,
        last_at=thread.last_at,
        unread_since=thread.unread_since,
        stopped_at=thread.stopped_at,
        waiting=last is not None and last.inbound and thread.stopped_at is None,
        last=last,
    )
