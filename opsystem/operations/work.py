"""The desk an operation works at: the open vault, the session, who acts and what time it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

from opsystem.kit.errors import NotFound
from opsystem.operations.actor import Actor
from opsystem.vault import Vault
from opsystem.vault import outbox as vault_outbox

if TYPE_CHECKING:
    from opsystem.operations.declaration import Declared

T = TypeVar("T")


@dataclass
class Work:
    """What an operation or query is given to work with.

    `session` shows the actor's own rows only. `now` is the aware UTC moment of the act.
    `change_set_id` is None in a query, which can change nothing.
    """

    vault: Vault
    session: Session
    actor: Actor
    now: datetime
    change_set_id: int | None = None
    label: str | None = None
    alarms: dict[str, datetime] = field(default_factory=dict)

    def get(self, entity: type[T], number: int | None, what: str = "record") -> T:
        """Return a row by its number. Raises NotFound when it is not there for this actor."""
        row = self.session.get(entity, number) if number is not None else None
        if row is None:
            raise NotFound(f"There is no such {what}.", code=f"no_{what.replace(' ', '_')}")
        return row

    def describe(self, label: str) -> None:
        """Say in a few words what was done, for the history (`Added client Ana Ruiz`)."""
        self.label = label

    def set_alarm(self, lane: str, due_at: datetime) -> None:
        """Ask that a lane of background work looks at this vault at `due_at`."""
        known = self.alarms.get(lane)
        self.alarms[lane] = due_at if known is None else min(known, due_at)

    def outbox(self, channel: str, subject_id: int, payload: Mapping[str, object], due_at: datetime) -> int:
        """Queue something that leaves the building at `due_at`, with this very change; return its number."""
        if self.change_set_id is None:
            raise RuntimeError("a query sends nothing")
        self.set_alarm("delivery", due_at)
        return vault_outbox.put(
            self.session,
            self.vault.schema,
            channel=channel,
            subject_id=subject_id,
            payload=payload,
            change_set_id=self.change_set_id,
            at=self.now,
            due_at=due_at,
        )

    def do(self, declared: Declared[T], **given: Any) -> T:
        """Perform another operation, or ask another query, as part of this one: same actor, same checks."""
        return declared.run_within(self, given)
