"""What is told about the business itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ProfileRecord:
    """Who the business is. `zone` is the IANA name of its time zone; holds are in seconds.

    `colour` is like `#255b9c`; `logo` is the file that stands on papers.
    """

    name: str
    phone: str | None
    website: str | None
    industry: str | None
    zone: str
    sms_number: str | None
    mail_address: str | None
    sms_hold: int
    mail_hold: int
    address: str
    licence: str
    colour: str
    logo: str | None


@dataclass(frozen=True)
class SwitchRow:
    """One restriction switch: off means that nothing of the kind leaves the vault."""

    name: str
    label: str
    description: str
    on: bool
    off_at: datetime | None
    off_by: str | None
