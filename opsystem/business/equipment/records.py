"""What is told about equipment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from opsystem.business.files.records import FileRow


class Warranty(StrEnum):
    """Whether a warranty still holds; `unknown` where nobody wrote its end down."""

    HOLDS = "holds"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class EquipmentRow:
    """A piece of equipment: what, where, whose. `version` is what an edit names as seen."""

    ref: str
    id: int
    title: str
    sort: str
    place: str
    maker: str
    model: str
    serial: str
    installed_on: date | None
    warranty_until: date | None
    warranty: Warranty
    notes: str
    version: int
    client: str
    client_id: int
    client_name: str
    property: str
    property_id: int
    address: str
    last_service: date | None
    removed_at: datetime | None
    removed_by: str | None
    removed_reason: str


@dataclass(frozen=True)
class ServiceRow:
    """What was done on a day. `visit` is None where it was noted without one, or is not yours to see."""

    id: int
    day: date
    words: str
    visit: str | None
    visit_id: int | None
    job_title: str
    noted_at: datetime
    noted_by: str


@dataclass(frozen=True)
class EquipmentPage:
    """A piece of equipment with what was done to it, the newest first, and its photos and papers."""

    equipment: EquipmentRow
    services: list[ServiceRow]
    files: list[FileRow]
