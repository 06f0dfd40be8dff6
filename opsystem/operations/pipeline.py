"""The one way down: permission, restriction switches, approval policy, request id, transaction.

A request id makes asking twice perform once: the first answer is kept and given again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Forbidden
from opsystem.operations.actor import Actor
from opsystem.operations.inputs import fingerprint
from opsystem.operations.policy import Decision, decide
from opsystem.operations.scope import bind_scope
from opsystem.operations.work import Work
from opsystem.vault import Author, ChangeSet, Vault

if TYPE_CHECKING:
    from opsystem.operations.declaration import Declared, Operation, Query

T = TypeVar("T")


class ApprovalNeeded(Forbidden):
    """The assistant may propose this, but a person has to approve it."""

    def __init__(self) -> None:
        super().__init__("This needs the approval of a person.", code="approval_needed")


def check_permission(declared: Declared[Any], actor: Actor) -> None:
    """Raise Forbidden unless the actor has the operation's permission."""
    if not actor.may(declared.permission):
        raise Forbidden(f"Your role does not allow this: {declared.label.lower()}.", code="no_permission")
    if declared.effect > actor.reach:
        raise Forbidden(f"This token does not reach so far: {declared.label.lower()}.", code="beyond_reach")


def check_policy(declared: Declared[Any], actor: Actor) -> None:
    """Raise ApprovalNeeded when a person has to decide first."""
    if decide(actor, int(declared.effect)) is Decision.ASK:
        raise ApprovalNeeded


def check_switch(declared: Declared[Any], session: Session, vault: Vault) -> None:
    """Raise Forbidden while the operation's restriction switch is off."""
    if declared.switch is None:
        return
    switch = vault.schema.metadata.tables["switch"]
    off = session.scalar(select(switch.c.off_at).where(switch.c.name == declared.switch))
    if off is not None:
        raise Forbidden("This is switched off in Settings. Switch it on there first.", code="switched_off")


def perform(
    operation: Operation[T],
    vault: Vault,
    actor: Actor,
    given: Mapping[str, Any],
    *,
    request_id: str | None,
    at: datetime | None,
    batch: str | None = None,
) -> tuple[T, int | None]:
    """Perform an operation in a transaction of its own; return its value and its change set."""
    check_permission(operation, actor)
    checked = operation.validate(given)
    if operation.switch is not None:
        # Before anybody is asked to approve it; what counts is the look inside the transaction below.
        with vault.reading() as session:
            check_switch(operation, session, vault)
    check_policy(operation, actor)
    now = at or clock.now()
    author = Author(
        actor.kind.value,
        actor.id,
        actor.name,
        operation.name,
        operation.label,
        turn_id=actor.turn_id,
        batch=batch,
    )
    with vault.writing(author, now) as (session, change_set):
        check_switch(operation, session, vault)
        if request_id is not None:
            earlier = _earlier(session, vault, operation, actor, checked, request_id)
            if earlier is not None:
                return earlier
        bind_scope(session, actor)
        work = Work(vault, session, actor, now, change_set.id)
        value = operation.function(work, **checked)
        session.flush()
        if work.label is not None:
            change_set.label = work.label
        if request_id is not None:
            _remember(session, vault, operation, actor, checked, request_id, value, change_set, now)
        # Told before the commit: after a crash in between, one wake-up too many, never one too few.
        for lane, due_at in work.alarms.items():
            vault.wake(lane, due_at)
    return value, change_set.id if change_set.kept else None


def ask(query: Query[T], vault: Vault, actor: Actor, given: Mapping[str, Any], *, at: datetime | None) -> T:
    """Answer a query on one consistent state of the vault."""
    check_permission(query, actor)
    checked = query.validate(given)
    with vault.reading() as session:
        check_switch(query, session, vault)
        bind_scope(session, actor)
        return query.function(Work(vault, session, actor, at or clock.now()), **checked)


def _earlier(
    session: Session,
    vault: Vault,
    operation: Operation[T],
    actor: Actor,
    checked: Mapping[str, Any],
    request_id: str,
) -> tuple[T, int | None] | None:
    find = vault.schema.statements.find_request
    row = session.connection().execute(find, {"request": request_id}).one_or_none()
    if row is None:
        return None
    if (row.operation, row.actor, row.input_hash) != (operation.name, actor.id, fingerprint(checked)):
        raise Conflict("This request id was used for something else.", code="request_id_reused")
    return operation.result.validate_json(row.result), row.change_set_id


def _remember(
    session: Session,
    vault: Vault,
    operation: Operation[T],
    actor: Actor,
    checked: Mapping[str, Any],
    request_id: str,
    value: T,
    change_set: ChangeSet,
    now: datetime,
) -> None:
    session.connection().execute(
        vault.schema.statements.keep_request,
        {
            "id": request_id,
            "operation": operation.name,
            "actor": actor.id,
            "input_hash": fingerprint(checked),
            "result": operation.result.dump_json(value).decode(),
            "change_set_id": change_set.id,
            "at": now,
        },
    )
