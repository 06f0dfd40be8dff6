"""The lane of clients who are to be told that somebody is on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from opsystem.business.announcing.operations import send_announcements
from opsystem.business.announcing.queries import has_waiting
from opsystem.operations import Actor
from opsystem.vault import Vault


def run(vault: Vault, business_number: int, keep: Callable[[], bool]) -> datetime | None:  # noqa: ARG001
    """Tell whoever is to be told. Nothing is due after that until somebody sets out again."""
    if has_waiting(vault) and keep():
        send_announcements.perform(vault, Actor.system(), {})
    return None
