"""What is told about what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opsystem.business.conversations.records import MessageRow


@dataclass(frozen=True)
class ChangeRow:
    """One act: what was done, by whom, when.

    `actor_kind` is person, assistant, api, vendor or system; `with_assistant` says that Claude had
    proposed it. `obstacle` says in a sentence why this cannot be undone by who asks; None when it can.
    `correct_in` is the thread to write a correction in when a message has left.
    """

    ref: str
    id: int
    at: datetime
    actor_kind: str
    actor_name: str
    with_assistant: bool
    operation: str
    label: str
    undoes: str | None
    undone_by: str | None
    obstacle: str | None
    correct_in: str | None = None

    @property
    def is_undoable(self) -> bool:
        """Whether the one who asks can undo it now, as far as can be told before trying."""
        return self.obstacle is None


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in people's words; None where there was or is nothing."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class RecordChange:
    """What happened to one record: added, changed or removed, field by field."""

    kind: str
    ref: str | None
    title: str
    action: str
    fields: list[FieldChange]


@dataclass(frozen=True)
class ChangeDetail:
    """One act with everything it changed. `together` acts of one turn of Claude, or import, still stand."""

    change: ChangeRow
    records: list[RecordChange]
    together: int
    is_import: bool


@dataclass(frozen=True)
class TimelineRow:
    """One line of a client's history: an act, the records of the client it touched, and how to show it.

    `kind` is message, file, note, visit, job, property or client; a message is given whole.
    """

    change: ChangeRow
    kind: str
    refs: list[str]
    message: MessageRow | None


@dataclass(frozen=True)
class Undone:
    """One act or more were undone by the change `ref`; `label` says what it had been."""

    ref: str
    id: int
    undid: str
    label: str
    acts: int
