"""What is told about an undo before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from opsystem.business.history.records import ChangeRow


@dataclass(frozen=True)
class PlannedField:
    """One field, in people's words: what it would be again, what the act made of it, what it is now.

    `in_the_way` says who changed it since; None when it can be put back.
    """

    label: str
    before: str | None
    after: str | None
    now: str | None
    in_the_way: str | None


@dataclass(frozen=True)
class PlannedRecord:
    """One record: it would be removed (`remove`), come back (`restore`) or be as it was (`change`)."""

    kind: str
    ref: str | None
    title: str
    action: str
    fields: list[PlannedField]
    in_the_way: str | None

    @property
    def is_free(self) -> bool:
        """Whether all of it can be put back."""
        return self.in_the_way is None and all(field.in_the_way is None for field in self.fields)


@dataclass(frozen=True)
class PlannedAct:
    """One act that would be taken back, or why it cannot be."""

    change: ChangeRow
    records: list[PlannedRecord]

    @property
    def is_free(self) -> bool:
        """Whether all of it can be taken back."""
        return self.change.obstacle is None and all(record.is_free for record in self.records)


@dataclass(frozen=True)
class UndoPlan:
    """Everything an undo would do. `partly`: something can be put back though not everything can."""

    acts: list[PlannedAct]
    whole: bool
    partly: bool
