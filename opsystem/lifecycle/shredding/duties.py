"""What the worker does by itself: deletions that are due, and the end of an epoch that grew old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from opsystem.control.hosting.keys import key_store
from opsystem.kit import clock
from opsystem.lifecycle.shredding.performing import delete_what_is_due
from opsystem.lifecycle.shredding.replaying import replay_tombstones
from opsystem.lifecycle.shredding.rotating import rotate_epoch
from opsystem.vault.keystore.intent import last_rotated, read_intent

OLDEST_EPOCH = timedelta(days=30)


def delete_due(keep: Callable[[], bool]) -> dict[str, Any]:  # noqa: ARG001
    """Do the deletions that are due, and those a restore brought back. A rotation is not stopped half-way."""
    replay_tombstones()
    return {"done": len(delete_what_is_due())}


def end_old_epoch(keep: Callable[[], bool]) -> dict[str, Any]:  # noqa: ARG001
    """Rotate when the epoch is 30 days old, when a rotation was cut short, or when a receipt is owed."""
    store = key_store()
    if store.generation == 0:
        return {"epoch": 0}
    last = last_rotated(store.disk)
    age = clock.now() - datetime.fromisoformat(last.finished_at)
    if age >= OLDEST_EPOCH or last.owed or read_intent(store.disk) is not None:
        rotate_epoch()
    return {"epoch": store.epoch}
