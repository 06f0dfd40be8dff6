"""The worker's care of a vault's journal: wipe what was erased, sign the newest entries, drop what is old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from opsystem.business.erasure.wiping import wipe
from opsystem.business.history.keeping import drop_old_details, next_drop
from opsystem.kit import clock
from opsystem.lifecycle.witnessing import sign_and_keep
from opsystem.operations import Actor
from opsystem.vault import Vault

_AGAIN: Final = timedelta(minutes=1)


def run(vault: Vault, business_number: int, keep: Callable[[], bool]) -> datetime | None:  # noqa: ARG001
    """Do what is due; return when to look again."""
    now = clock.now()
    wiped = wipe(vault)
    due = next_drop.ask(vault, Actor.system())
    if due is not None and due <= now and keep():
        drop_old_details.perform(vault, Actor.system())
        due = next_drop.ask(vault, Actor.system())
    sign_and_keep(vault, now)
    return now + _AGAIN if not wiped else due
