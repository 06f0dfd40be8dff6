"""What is told about sales tax."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opsystem.business.lines import Rate


@dataclass(frozen=True)
class TaxRateRow:
    """One rate, in thousandths of a percent. `postcodes` are beginnings of ZIP codes, by spaces."""

    ref: str
    id: int
    name: str
    milli_percent: int
    state: str
    county: str
    city: str
    postcodes: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class ExemptionRow:
    """A client's exemption; `file` is the certificate (`F-7`), where one was kept."""

    id: int
    client: str
    certificate: str
    file: str | None
    state: str
    valid_from: date
    valid_until: date | None
    noted_by: str


@dataclass(frozen=True)
class TaxHere:
    """Which taxes apply at a place on a day; none where the client is exempt, and then why."""

    rates: tuple[Rate, ...]
    exempt_by: str | None
