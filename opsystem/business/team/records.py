"""What is told about the people of the business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from opsystem.operations import Role


@dataclass(frozen=True)
class MemberRow:
    """A person of the team. `joined_at` is None until the invitation was accepted."""

    ref: str
    id: int
    name: str
    email: str
    phone: str | None
    role: Role
    account_id: str | None
    joined_at: datetime | None
    removed_at: datetime | None
