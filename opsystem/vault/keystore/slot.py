"""What a key slot is: a small place, best on a machine of its own, that holds the epoch keys.

A slot keeps an epoch's key from its making until a rotation destroys it, and says so in signed receipts. It
obeys only the newest rotation it has heard of (its *fence*). Every order may be given twice: an answer that
was lost is asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from opsystem.vault.keystore.receipts import Receipt


@dataclass(frozen=True)
class SlotStatus:
    """What a slot says of itself. `slot_id` and `public_key` are empty while it has never held a key.

    `oldest` is the oldest epoch it has not destroyed; `rolls` counts the slot's own secrets, and `leftovers`
    those secrets of earlier rolls that are still to be destroyed.
    """

    slot_id: str
    public_key: str
    fence: int
    pending: tuple[int, ...]
    active: tuple[int, ...]
    oldest: int
    rolls: int
    leftovers: int = 0

    @property
    def epochs(self) -> tuple[int, ...]:
        """Every epoch the slot holds."""
        return tuple(sorted((*self.pending, *self.active)))


class Slot(Protocol):
    """Orders a slot takes. All raise SlotSilent when it does not answer."""

    @property
    def name(self) -> str:
        """What the operator knows the slot by."""
        ...

    def status(self) -> SlotStatus:
        """Say what is held. Raises KeyUnusable when the slot's own files do not open."""
        ...

    def key_of(self, epoch: int) -> bytes | None:
        """Return an epoch's key, None when it is not held."""
        ...

    def noise(self) -> bytes:
        """Return 32 random bytes of the slot's own making, to be mixed into a new epoch key."""
        ...

    def begin(self, fence: int) -> None:
        """Obey no rotation older than this from now on. Raises SlotRefused when this one is older."""
        ...

    def hold(self, fence: int, epoch: int, key: bytes) -> None:
        """Keep a new epoch's key, pending."""
        ...

    def activate(self, fence: int, epoch: int) -> None:
        """Make a pending epoch active."""
        ...

    def destroy_before(self, fence: int, epoch: int) -> None:
        """Destroy every epoch but this active one, and the secret under which they lay."""
        ...

    def receipt(self, fence: int, challenge: str) -> Receipt:
        """Sign what is held now. `challenge` is the rotation's own random word."""
        ...
