"""Row scope: what a restricted actor sees of a table, declared once beside the table.

A hook on the session adds the condition to every ORM statement of a restricted actor, also to
loads by key and through relations. No query can forget it: a row outside the scope is not there.

For a technician every table says what he sees of it. For a client of the business a table that says nothing
shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from sqlalchemy import ColumnElement, event, false
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.util import LRUCache

from opsystem.operations.actor import Actor, ActorKind

Condition = Callable[[Actor], ColumnElement[bool]]
Key = tuple[ActorKind, int | None]
_SCOPES: dict[type[Any], Condition] = {}
_SHOWN: dict[type[Any], Condition] = {}
_CRITERIA: MutableMapping[Key, tuple[LoaderCriteriaOption, ...]] = LRUCache(1000)


def scoped(entity: type[Any]) -> Callable[[Condition], Condition]:
    """Declare what a restricted actor sees of an entity. Of the actor it may ask `member_id` alone.

    Conditions are written over `entity.__table__` columns and plain tables, so that they are
    not narrowed by themselves.
    """

    def declare(condition: Condition) -> Condition:
        _SCOPES[entity] = condition
        _CRITERIA.clear()
        return condition

    return declare


def shown_to_client(entity: type[Any]) -> Callable[[Condition], Condition]:
    """Declare what a client sees of an entity. Of the actor it may ask `client_id` alone."""

    def declare(condition: Condition) -> Condition:
        _SHOWN[entity] = condition
        _CRITERIA.clear()
        return condition

    return declare


def scopes() -> dict[type[Any], Condition]:
    """Return every declared scope, for the checks that no table was forgotten."""
    return dict(_SCOPES)


def bind_scope(session: Session, actor: Actor) -> None:
    """Narrow everything this session reads or changes to what the actor may see."""
    of_a_client = actor.kind is ActorKind.CLIENT and not actor.errand
    if not actor.is_restricted and not of_a_client:
        return
    key = (ActorKind.CLIENT, actor.client_id) if of_a_client else (ActorKind.PERSON, actor.member_id)
    criteria = _CRITERIA.get(key)
    if criteria is None:
        # Kept, since building them takes longer than the statements they narrow.
        conditions = _conditions_of_client() if of_a_client else _SCOPES
        criteria = _CRITERIA[key] = tuple(
            with_loader_criteria(entity, condition(actor), include_aliases=True)
            for entity, condition in conditions.items()
        )

    def narrow(state: ORMExecuteState) -> None:
        if state.is_select or state.is_update or state.is_delete:
            state.statement = state.statement.options(*criteria)

    event.listen(session, "do_orm_execute", narrow)


def _conditions_of_client() -> dict[type[Any], Condition]:
    entities = {mapper.class_ for shown in _SHOWN for mapper in shown.registry.mappers}
    return {entity: _SHOWN.get(entity, _nothing) for entity in sorted(entities, key=lambda one: one.__name__)}


def _nothing(actor: Actor) -> ColumnElement[bool]:  # noqa: ARG001
    return false()
