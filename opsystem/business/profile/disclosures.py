"""Who was told what: the ledger of everything that left this vault (promise P3.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from opsystem.operations import Page, Permission, Work, query

PAGE = 50


@dataclass(frozen=True)
class DisclosureRow:
    """One request to a vendor: when, to whom, why, which sorts of data, how many bytes, on whose initiative.

    `initiator` is the person (`U-2`), the assistant for that person, or the system; `about` is the record
    it was about (`M-41`), as it was written down then.
    """

    id: int
    at: datetime
    vendor: str
    purpose: str
    categories: str
    bytes: int
    initiator: str
    about: str


@query(permission=Permission.DISCLOSURES_READ, label="List disclosures", assistant=False)
def list_disclosures(
    work: Work,
    *,
    vendor: Annotated[str, Field(max_length=40, description="Only this vendor, like twilio.")] = "",
    page: Annotated[int, Field(ge=1)] = 1,
) -> Page[DisclosureRow]:
    """List what left the vault, newest first: to whom, why, which sorts of data, on whose initiative."""
    ledger = work.vault.schema.tables.disclosure
    wanted = [ledger.c.vendor == vendor] if vendor else []
    total = work.session.scalar(select(func.count()).select_from(ledger).where(*wanted)) or 0
    newest = select(ledger).where(*wanted).order_by(ledger.c.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    rows = [
        DisclosureRow(
            id=row.id,
            at=row.at,
            vendor=row.vendor,
            purpose=row.purpose,
            categories=row.categories,
            bytes=row.bytes,
            initiator=row.initiator,
            about=row.ref,
        )
        for row in work.session.execute(newest)
    ]
    return Page(rows=rows, total=total, number=page, size=PAGE)
