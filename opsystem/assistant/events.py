"""What the page is shown of a turn, written as it happens, so that reloading loses nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from opsystem.business.asking.models import Event, Turn
from opsystem.kit import clock
from opsystem.vault import Vault

_BATCH_SECONDS = 0.2


def tell(session: Session, turn: Turn, name: str, **payload: Any) -> None:
    """Write one event."""
    session.add(
        Event(
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            at=clock.now(),
            name=name,
            payload=json.dumps(payload, ensure_ascii=False),
        )
    )


class Words:
    """Collects the words of an answer and writes them in small batches.

    Before each batch `check` is called; what it raises ends the answer.
    """

    def __init__(self, vault: Vault, turn: Turn, check: Callable[[], None]) -> None:
        self._vault = vault
        self._turn = turn
        self._check = check
        self._waiting: list[str] = []
        self._written_at = 0.0

    def take(self, text: str) -> None:
        """Take the next words; they are written at the latest a fifth of a second later."""
        self._waiting.append(text)
        if time.monotonic() - self._written_at >= _BATCH_SECONDS:
            self.write()
            self._check()

    def write(self) -> None:
        """Write what has been collected."""
        if self._waiting:
            with self._vault.mechanics() as session:
                tell(session, self._turn, "text.delta", text="".join(self._waiting))
            self._waiting.clear()
        self._written_at = time.monotonic()
