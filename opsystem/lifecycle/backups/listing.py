"""What backups there are, and how the last ones went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from opsystem.control.upkeep.duties import duty
from opsystem.lifecycle.backups.repository import LONGEST, Repository
from opsystem.lifecycle.backups.restic import Restic
from opsystem.lifecycle.backups.workshop import plan, workshop


def kept_backups(now: datetime) -> list[dict[str, Any]]:
    """Return the backups in the repository, the newest first, with their age in hours."""
    rows = Repository(Restic(plan(), workshop().path)).backups()
    return [
        {
            "backup": one.id[:12],
            "at": one.at,
            "hours_old": round((now - one.at).total_seconds() / 3600, 1),
            "overdue": now - one.at > LONGEST,
        }
        for one in rows
    ]


def how_it_went() -> list[dict[str, Any]]:
    """Return how each duty of the backups stands: when it went well last, how it went, when it is due."""
    rows = []
    for name in ("backup", "backup-care", "backup-drill"):
        row = duty(name)
        if row is not None:
            rows.append(
                {
                    "duty": name,
                    "good_at": row.good_at,
                    "ended_at": row.ended_at,
                    "outcome": row.outcome,
                    "due_at": row.due_at,
                    **row.figures,
                }
            )
    return rows
