"""Asking for a business to be deleted, and taking that back while there is time."""

from __future__ import annotations

from datetime import datetime, timedelta

from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import Origin, record
from opsystem.control.hosting import deletions
from opsystem.control.hosting.models import Deletion
from opsystem.kit import clock
from opsystem.kit.errors import Invalid
from opsystem.lifecycle.shredding.letters import tell_owners

TIME_TO_THINK = timedelta(hours=72)


def ask(
    vault_id: str,
    *,
    typed: str,
    expected: str,
    person: Person | None,
    origin: Origin,
    at: datetime | None = None,
) -> Deletion:
    """Enter a deletion that is done 72 hours from now, and tell every owner.

    `typed` must be `expected`, word for word. Raises Invalid, NotFound, and Conflict for what was asked
    before.
    """
    expect_typed(typed, expected)
    now = at or clock.now()
    actor = person.pk if person else None
    asked = deletions.ask_deletion(vault_id, asked_by=actor, at=now, due_at=now + TIME_TO_THINK)
    _note("deletion.asked", asked, actor, origin)
    tell_owners(asked, "deletion_asked")
    return asked


def take_back(vault_id: str, *, person: Person | None, origin: Origin) -> None:
    """Let the business live. Raises Conflict when the time is over."""
    asked = deletions.deletion_of(vault_id)
    deletions.take_back(vault_id, at=clock.now())
    if asked is not None:
        _note("deletion.taken_back", asked, person.pk if person else None, origin)
        tell_owners(asked, "deletion_taken_back")


def expect_typed(typed: str, expected: str) -> None:
    """Raise Invalid unless somebody typed exactly what they are about to delete."""
    if typed.strip() != expected:
        raise Invalid(
            f"Type {expected} to confirm.", code="not_confirmed", fields={"typed": f"Type {expected} here."}
        )


def _note(action: str, deletion: Deletion, actor: int | None, origin: Origin) -> None:
    record(
        action,
        actor_id=actor,
        business_id=deletion.business_id,
        object_id=f"deletion {deletion.pk}",
        origin=origin,
    )
