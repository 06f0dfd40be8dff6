"""Row scope: what a restricted actor sees of a table, declared once beside the table.

A hook on the session adds the condition to every ORM statement of a restricted actor, also to
loads by key and through relations. No query can forget it: a row outside the scope is not there.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from sqlalchemy import ColumnElement, event
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.util import LRUCache

from opsystem.operations.actor import Actor

Condition = Callable[[Actor], ColumnElement[bool]]
_SCOPES: dict[type[Any], Condition] = {}
_CRITERIA: MutableMapping[int | None, tuple[LoaderCriteriaOption, ...]] = LRUCache(1000)


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


def scopes() -> dict[type[Any], Condition]:
    """Return every declared scope, for the checks that no table was forgotten."""
    return dict(_SCOPES)


def bind_scope(session: Session, actor: Actor) -> None:
    """Narrow everything this session reads or changes to what the actor may see."""
    if not actor.is_restricted:
        return
    criteria = _CRITERIA.get(actor.member_id)
    if criteria is None:
        # Kept, since building them takes longer than the statements they narrow.
        criteria = _CRITERIA[actor.member_id] = tuple(
            with_loader_criteria(entity, condition(actor), include_aliases=True)
            for entity, condition in _SCOPES.items()
        )

    def narrow(state: ORMExecuteState) -> None:
        if state.is_select or state.is_update or state.is_delete:
            state.statement = state.statement.options(*criteria)

    event.listen(session, "do_orm_execute", narrow)
