"""The catalogue: every operation and query there is, by name. Doors are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from opsystem.kit.errors import NotFound
from opsystem.operations.actor import Actor
from opsystem.operations.declaration import Declared, Effect, Operation, Query
from opsystem.operations.permissions import Permission

T = TypeVar("T")


class Catalogue:
    """Holds what was declared."""

    def __init__(self) -> None:
        self._entries: dict[str, Declared[Any]] = {}

    def add(self, entry: Declared[Any]) -> None:
        """Take an entry in. Raises ValueError when the name is taken."""
        if entry.name in self._entries:
            raise ValueError(f"two operations are called {entry.name}")
        self._entries[entry.name] = entry

    def get(self, name: str) -> Declared[Any]:
        """Return an entry. Raises NotFound."""
        try:
            return self._entries[name]
        except KeyError:
            raise NotFound(f"There is no operation “{name[:60]}”.", code="no_operation") from None

    def is_final(self, name: str) -> bool:
        """Tell whether an operation's effect cannot be taken back."""
        entry = self._entries.get(name)
        return entry is not None and entry.effect is Effect.FINAL

    def __iter__(self) -> Iterator[Declared[Any]]:
        return iter(sorted(self._entries.values(), key=lambda entry: entry.name))

    def offered_to(self, actor: Actor) -> list[Declared[Any]]:
        """Return what an actor may use at all, by name."""
        return [entry for entry in self if actor.may(entry.permission) and entry.effect <= actor.reach]


CATALOGUE = Catalogue()


def operation(
    *,
    permission: Permission,
    effect: Effect,
    label: str,
    assistant: bool = True,
    switch: str | None = None,
) -> Callable[[Callable[..., T]], Operation[T]]:
    """Declare a verb on a vault.

    `label` is its name for people; `assistant` says whether Claude is offered it; `switch` is the
    restriction switch that turns it off.
    """

    def declare(function: Callable[..., T]) -> Operation[T]:
        entry = Operation(
            function, effect=effect, permission=permission, label=label, assistant=assistant, switch=switch
        )
        CATALOGUE.add(entry)
        return entry

    return declare


def query(
    *, permission: Permission, label: str, assistant: bool = True, switch: str | None = None
) -> Callable[[Callable[..., T]], Query[T]]:
    """Declare a question to a vault."""

    def declare(function: Callable[..., T]) -> Query[T]:
        entry = Query(function, permission=permission, label=label, assistant=assistant, switch=switch)
        CATALOGUE.add(entry)
        return entry

    return declare
