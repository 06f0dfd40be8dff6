"""Slots for the simulation: one that seals nothing, to be fast, and moods that any slot may be in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from opsystem.vault.keystore.holding import Holding
from opsystem.vault.keystore.problems import SlotRefused, SlotSilent
from opsystem.vault.keystore.receipts import Receipt
from opsystem.vault.keystore.slot import Slot, SlotStatus
from tests.vault.keystore.world import Power


class Opened(Protocol):
    """A slot whose keys an attacker may be given."""

    def stolen(self) -> set[bytes]: ...


@dataclass
class PlainSlot:
    """Keeps its holding as it is. What was held before lies open until the old secret's last step."""

    name: str
    power: Power
    holding: Holding | None = None
    before: list[Holding] = field(default_factory=list)
    rolls: int = 1

    def status(self) -> SlotStatus:
        if self.holding is None:
            return SlotStatus("", "", 0, (), (), 1, 0)
        return self.holding.status(self.rolls, len(self.before))

    def key_of(self, epoch: int) -> bytes | None:
        return None if self.holding is None else self.holding.keys.get(epoch)

    def noise(self) -> bytes:
        return secrets.token_bytes(32)

    def _change(self, changed: Holding) -> None:
        if changed != self.holding:
            self.power.step()
            self.holding = changed

    def _held(self) -> Holding:
        return self.holding or Holding.new()

    def begin(self, fence: int) -> None:
        self._change(self._held().begun(fence, self.name))

    def hold(self, fence: int, epoch: int, key: bytes) -> None:
        self._change(self._held().begun(fence, self.name).with_key(epoch, key, self.name))

    def activate(self, fence: int, epoch: int) -> None:
        self._change(self._held().begun(fence, self.name).activated(epoch, self.name))

    def destroy_before(self, fence: int, epoch: int) -> None:
        changed = self._held().begun(fence, self.name).only(epoch, self.name)
        if changed != self.holding:
            self.power.step()
            self.before.append(self._held())
            self.holding, self.rolls = changed, self.rolls + 1
        if self.before:
            self.power.step()
            self.before.clear()

    def receipt(self, fence: int, challenge: str) -> Receipt:
        if self.before:
            raise SlotRefused(self.name, "an earlier secret is still to be destroyed.")
        return self._held().begun(fence, self.name).receipt(challenge, self.rolls)

    def stolen(self) -> set[bytes]:
        return {key for held in [self._held(), *self.before] for key in held.keys.values()}


class Mood(StrEnum):
    """How a slot behaves. All but WELL and the first two are lies."""

    WELL = "well"
    DOWN = "down"
    SLOW = "slow"  # does it, and the answer is lost
    FORGETFUL = "forgetful"  # says it keeps the key, and does not
    GARBLED = "garbled"  # gives other keys than it was given
    KEEPING = "keeping"  # says it destroyed, and did not
    FORGING = "forging"  # the same, with a receipt it signed against its own better knowledge
    STRANGE = "strange"  # signs with a key nobody knows


@dataclass
class MoodySlot:
    """Another slot, in a mood that begins at its call number `since` and ends at `until`."""

    inner: Slot
    mood: Mood
    since: int = 0
    until: int = 10**9
    calls: int = 0
    on_call: Callable[[], None] = lambda: None
    on_destroy: Callable[[int], None] = lambda epoch: None  # noqa: ARG005

    @property
    def name(self) -> str:
        return self.inner.name

    def _is(self, *moods: Mood) -> bool:
        return self.mood in moods and self.since <= self.calls < self.until

    def _called(self) -> None:
        self.calls += 1
        self.on_call()
        if self._is(Mood.DOWN):
            raise SlotSilent(self.name)

    def _answered(self) -> None:
        if self._is(Mood.SLOW):
            raise SlotSilent(self.name)

    def status(self) -> SlotStatus:
        self._called()
        answer = self.inner.status()
        self._answered()
        return answer

    def key_of(self, epoch: int) -> bytes | None:
        self._called()
        key = self.inner.key_of(epoch)
        self._answered()
        return secrets.token_bytes(32) if key is not None and self._is(Mood.GARBLED) else key

    def noise(self) -> bytes:
        self._called()
        return self.inner.noise()

    def begin(self, fence: int) -> None:
        self._called()
        self.inner.begin(fence)
        self._answered()

    def hold(self, fence: int, epoch: int, key: bytes) -> None:
        self._called()
        if not self._is(Mood.FORGETFUL):
            self.inner.hold(fence, epoch, key)
        self._answered()

    def activate(self, fence: int, epoch: int) -> None:
        self._called()
        if not self._is(Mood.FORGETFUL):
            self.inner.activate(fence, epoch)
        self._answered()

    def destroy_before(self, fence: int, epoch: int) -> None:
        self._called()
        self.on_destroy(epoch)
        if not self._is(Mood.KEEPING, Mood.FORGING, Mood.STRANGE):
            self.inner.destroy_before(fence, epoch)
        self._answered()

    def receipt(self, fence: int, challenge: str) -> Receipt:
        self._called()
        receipt = self.inner.receipt(fence, challenge)
        if self._is(Mood.FORGING, Mood.STRANGE):
            lie = replace(receipt, epochs=receipt.epochs[-1:], oldest=receipt.epochs[-1])
            if self._is(Mood.FORGING) and isinstance(self.inner, PlainSlot) and self.inner.holding:
                receipt = lie.signed(Ed25519PrivateKey.from_private_bytes(self.inner.holding.seed))
            else:
                receipt = lie.signed(Ed25519PrivateKey.generate())
        self._answered()
        return receipt
