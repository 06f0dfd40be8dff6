"""`@operation` and `@query`: a verb or a question on a vault, written once, used by every door.

Permission, effect, words and input schema stand on the function. What is declared replaces the
function: there is no unguarded twin to call.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter

from opsystem.kit.numbers import told_of
from opsystem.operations import pipeline
from opsystem.operations.actor import Actor
from opsystem.operations.inputs import input_model, result_adapter, validate
from opsystem.operations.permissions import Permission
from opsystem.operations.work import Work
from opsystem.vault import Vault

T = TypeVar("T")


class Effect(IntEnum):
    """How far an operation reaches: the tiers T0 to T4 of approval."""

    READ = 0
    DRAFT = 1
    COMMIT = 2
    SEND = 3
    FINAL = 4


class Declared(Generic[T]):
    """What operations and queries have in common."""

    effect: Effect

    def __init__(
        self,
        function: Callable[..., T],
        *,
        permission: Permission,
        label: str,
        assistant: bool,
        switch: str | None,
    ) -> None:
        self.function = function
        self.name = function.__name__
        self.permission = permission
        self.label = label
        self.assistant = assistant
        self.switch = switch
        self.description = inspect.getdoc(function) or label
        self.__doc__ = self.description

    # Made when first asked for: hundreds of schemas would take a second of every start.
    @cached_property
    def input(self) -> type[BaseModel]:
        """The pydantic model of the function's keyword arguments. Raises TypeError for other arguments."""
        return input_model(self.name, self.function)

    @cached_property
    def result(self) -> TypeAdapter[T]:
        """What turns a result into plain JSON data."""
        return result_adapter(self.function)

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of the input."""
        return self.input.model_json_schema()

    def validate(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the checked arguments. Raises Invalid with a sentence for each wrong field."""
        return validate(self.input, given)

    def as_json(self, value: T) -> Any:
        """Return a result as plain JSON data."""
        return self.result.dump_python(value, mode="json")

    def run_within(self, work: Work, given: Mapping[str, Any]) -> T:
        """Run as part of another operation's work, with every check but in its transaction."""
        pipeline.check_permission(self, work.actor)
        checked = self.validate(given)
        pipeline.check_switch(self, work.session, work.vault)
        pipeline.check_policy(self, work.actor)
        return self.function(work, **checked)


@dataclass(frozen=True)
class Done(Generic[T]):
    """What performing gave: the value, and the change set it was journalled under, if anything changed.

    `told` is a sentence for whoever asked, where a number that must not be kept was taken out.
    """

    value: T
    change_set_id: int | None
    told: str = ""


class Operation(Declared[T]):
    """A verb on a vault."""

    def __init__(self, function: Callable[..., T], *, effect: Effect, **declared: Any) -> None:
        super().__init__(function, **declared)
        self.effect = effect

    def perform(
        self,
        vault: Vault,
        actor: Actor,
        given: Mapping[str, Any] | None = None,
        *,
        request_id: str | None = None,
        at: datetime | None = None,
        batch: str | None = None,
    ) -> Done[T]:
        """Go through all checks and perform. With a `request_id`, asking again performs nothing anew.

        `at` is the moment of the act (default: now). Acts with one `batch` can be undone together, as those
        of an import. Raises the family of `kit.errors`.
        """
        value, change_set_id = pipeline.perform(
            self, vault, actor, given or {}, request_id=request_id, at=at, batch=batch
        )
        return Done(value, change_set_id, told_of(given or {}))


class Query(Declared[T]):
    """A question to a vault; it never writes."""

    effect = Effect.READ

    def ask(
        self,
        vault: Vault,
        actor: Actor,
        given: Mapping[str, Any] | None = None,
        *,
        at: datetime | None = None,
    ) -> T:
        """Go through all checks and answer. Raises the family of `kit.errors`."""
        return pipeline.ask(self, vault, actor, given or {}, at=at)
