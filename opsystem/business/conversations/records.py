"""What is told about threads and messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MessageFileRow:
    """A file of a message; `size` in bytes."""

    ref: str
    id: int
    name: str
    size: int


@dataclass(frozen=True)
class MessageRow:
    """One message. `sends_at` is set while it can still be taken back: then it leaves.

    `state`: queued, sending, accepted, sent, delivered, failed, cancelled, needs_human; received for
    what came in. `with_paper`: the PDF of what it is about goes with it. `left_out` says what came with it
    and was not kept.
    """

    ref: str
    id: int
    thread: str
    client: str | None
    channel: str
    inbound: bool
    subject: str
    body: str
    about: str | None
    author: str
    by_assistant: bool
    state: str
    problem: str | None
    created_at: datetime
    settled_at: datetime | None
    sends_at: datetime | None
    with_paper: bool
    files: list[MessageFileRow]
    left_out: str


@dataclass(frozen=True)
class ThreadRow:
    """One thread with its newest message. `address` is a phone number (E.164) or an email address."""

    ref: str
    id: int
    channel: str
    address: str
    client: str | None
    client_name: str | None
    last_at: datetime
    unread_since: datetime | None
    stopped_at: datetime | None
    waiting: bool
    last: MessageRow | None

    @property
    def is_unread(self) -> bool:
        """Whether something came in that nobody has read."""
        return self.unread_since is not None


@dataclass(frozen=True)
class ThreadDetail:
    """A thread with one page of its messages, oldest first; page 1 holds the newest ones.

    `obstacle` says in a sentence why nothing can be sent here now; None when it can. `person` is who at the
    client writes here, None when it is the client itself; `do_not_service` why nothing is booked for it.
    """

    thread: ThreadRow
    messages: list[MessageRow]
    total: int
    page: int
    size: int
    obstacle: str | None
    person: str | None
    do_not_service: str | None


@dataclass(frozen=True)
class Queued:
    """A message that will leave at `sends_at`, and can be taken back until then."""

    ref: str
    id: int
    thread: str
    sends_at: datetime


@dataclass(frozen=True)
class Received:
    """What came in: the message and its thread. `opt` is stop, start or None: what was understood.

    `new` is False when this very message was stored before.
    """

    ref: str
    id: int
    thread: str
    client: str | None
    opt: str | None
    new: bool


@dataclass(frozen=True)
class EventStored:
    """A vendor's event, stored. `new` is False when it was stored before under the same key."""

    id: int
    new: bool
