"""What is told about requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Source(StrEnum):
    """Which way a request came."""

    PHONE = "phone"
    WEB = "web"
    MESSAGE = "message"
    IN_PERSON = "in_person"


SOURCE_NAMES = {
    Source.PHONE: "By phone",
    Source.WEB: "Online",
    Source.MESSAGE: "By message",
    Source.IN_PERSON: "In person",
}


class RequestState(StrEnum):
    """Where a request stands, told from what it led to."""

    NEW = "new"
    ASSESSING = "assessing"
    ASSESSED = "assessed"
    QUOTED = "quoted"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True)
class RequestRow:
    """A request with its client, place, and every step it led to. `wished` is in the client's own words."""

    ref: str
    id: int
    title: str
    details: str
    wished: str
    source: Source
    state: RequestState
    client: str
    client_id: int
    client_name: str
    client_phone: str | None
    property: str | None
    address: str | None
    received_at: datetime
    received_by: str
    job: str | None
    job_id: int | None
    assessment: str | None
    assessment_id: int | None
    assessed_at: datetime | None
    quoted_at: datetime | None
    taken_at: datetime | None
    taken_by: str | None
    declined_at: datetime | None
    declined_by: str | None
    decline_reason: str
    photos: list[str]


@dataclass(frozen=True)
class Received:
    """A request was written down; `client_is_new` when nobody was known by that phone or email."""

    ref: str
    id: int
    client: str
    client_id: int
    client_is_new: bool
