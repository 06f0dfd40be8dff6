"""What is told about custom fields and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from opsystem.business.fields.kinds import FieldType


class FieldOwner(StrEnum):
    """Which records a custom field belongs to."""

    CLIENT = "client"
    PROPERTY = "property"
    JOB = "job"
    MEMBER = "member"


@dataclass(frozen=True)
class FieldRecord:
    """A custom field. `choices` are the answers of a choice."""

    ref: str
    id: int
    of: FieldOwner
    name: str
    type: FieldType
    choices: list[str]
    hint: str
    position: int


@dataclass(frozen=True)
class FieldAnswer:
    """What stands in a custom field of a record: as it is typed, and as people read it."""

    field: str
    name: str
    type: FieldType
    value: str
    shown: str
