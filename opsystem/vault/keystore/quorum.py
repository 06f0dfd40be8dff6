"""Asking several slots, some of which may not answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore.problems import RotationHeld, SlotSilent
from opsystem.vault.keystore.slot import Slot

Answer = TypeVar("Answer")


def all_that_answer(slots: Sequence[Slot], ask: Callable[[Slot], Answer]) -> list[Answer]:
    """Ask every slot; return the answers of those that gave one. A refusal is raised."""
    answers: list[Answer] = []
    for slot in slots:
        try:
            answers.append(ask(slot))
        except (SlotSilent, KeyUnusable):
            continue
    return answers


def expect_most(count: int, slots: Sequence[Slot]) -> None:
    """Raise RotationHeld unless more than half of the slots took part."""
    if count <= len(slots) // 2:
        raise RotationHeld(
            f"Only {count} of {len(slots)} key slots answer as they should. Nothing was changed; "
            "start the rotation again when most of them do."
        )


def expect_each(slots: Sequence[Slot], ask: Callable[[Slot], Answer]) -> list[Answer]:
    """Ask every slot and return all answers. Raises RotationHeld when one gives none."""
    answers: list[Answer] = []
    for slot in slots:
        try:
            answers.append(ask(slot))
        except (SlotSilent, KeyUnusable) as problem:
            raise RotationHeld(
                f"{problem.message} A deletion is proven only when every slot has destroyed the old epoch: "
                "repair this one or take it out of the settings, then start the rotation again."
            ) from problem
    return answers
