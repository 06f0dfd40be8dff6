"""A payment as Stripe tells it when asked: whole, so that it does not matter which news of it came first."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

Cents = Annotated[int, Field(ge=0, le=100_000_000_00)]
Id = Annotated[str, Field(max_length=120)]
Word = Annotated[str, Field(max_length=120)]


@dataclass(frozen=True)
class ToldRefund:
    """Money given back. `status`: pending, requires_action, succeeded, failed or canceled."""

    refund: Id
    cents: Cents
    status: Word
    reason: Annotated[str, Field(max_length=300)] = ""


@dataclass(frozen=True)
class ToldDispute:
    """A dispute; `status` is Stripe's: needs_response, under_review, won, lost, …"""

    dispute: Id
    cents: Cents
    reason: Word
    status: Word
    opened_at: datetime
    due_by: datetime | None = None
