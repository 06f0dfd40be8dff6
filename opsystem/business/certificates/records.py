"""What is told about certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Warned(StrEnum):
    """How near the end of a certificate is: within 60, 30 or 7 days, past, or far away."""

    NO = "no"
    SIXTY = "60"
    THIRTY = "30"
    SEVEN = "7"
    EXPIRED = "expired"


@dataclass(frozen=True)
class CertificateRow:
    """A licence, certificate or insurance. `member` is None for the business's own."""

    ref: str
    id: int
    name: str
    member: str | None
    member_name: str | None
    number: str
    issuer: str
    expires_on: date | None
    days_left: int | None
    warned: Warned
    file: str | None
