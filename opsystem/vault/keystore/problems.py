"""What can be wrong with the key store or a slot, each with a sentence for the operator."""

from __future__ import annotations

from opsystem.kit.errors import Conflict, Unavailable
from opsystem.vault.keys import KeyUnusable


class KeyStoreMissing(KeyUnusable):
    """The slots hold keys, but the key store is gone."""

    def __init__(self) -> None:
        super().__init__("The key store is missing. Put it back from a backup; the slots still have its key.")


class KeyStoreTooOld(KeyUnusable):
    """This key store's epoch was destroyed: it is an old copy."""

    def __init__(self, epoch: int, oldest: int) -> None:
        super().__init__(
            f"This key store is an old copy: it is of epoch {epoch}, and the slots have destroyed every "
            f"epoch before {oldest}. Put back a newer one."
        )


class SlotSilent(Unavailable):
    """A slot does not answer; what was asked of it may or may not have been done."""

    def __init__(self, slot: str) -> None:
        super().__init__(f"The key slot {slot} does not answer.", code="slot_silent")


class SlotRefused(Conflict):
    """A slot will not do this: a newer rotation has begun, or it does not hold the epoch."""

    def __init__(self, slot: str, why: str) -> None:
        super().__init__(f"The key slot {slot} refuses: {why}", code="slot_refused")


class RotationHeld(Conflict):
    """The rotation cannot go on now. Nothing is lost; it goes on when it is started again."""

    def __init__(self, why: str) -> None:
        super().__init__(why, code="rotation_held")
