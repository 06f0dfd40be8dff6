"""What a slot holds, and how orders change it. It knows no disk: `sealed_slot` keeps it on one."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from opsystem.kit import clock
from opsystem.vault.keystore.problems import SlotRefused
from opsystem.vault.keystore.receipts import Receipt, public_words
from opsystem.vault.keystore.slot import SlotStatus


@dataclass(frozen=True)
class Holding:
    """A slot's whole content. `keys` maps an epoch to its key; those in `active` were confirmed."""

    slot_id: str
    seed: bytes
    public_key: str
    fence: int
    keys: dict[int, bytes]
    active: frozenset[int]
    oldest: int

    @classmethod
    def new(cls) -> Holding:
        """Begin a slot that holds nothing, with an id and a signing key of its own."""
        seed = secrets.token_bytes(32)
        public_key = public_words(Ed25519PrivateKey.from_private_bytes(seed))
        return cls(secrets.token_hex(8), seed, public_key, 0, {}, frozenset(), 1)

    def begun(self, fence: int, slot: str) -> Holding:
        """Take an order's fence. Raises SlotRefused for an older one."""
        if fence < self.fence:
            raise SlotRefused(slot, "a newer rotation has begun.")
        return self if fence == self.fence else replace(self, fence=fence)

    def with_key(self, epoch: int, key: bytes, slot: str) -> Holding:
        """Keep a key, pending. An epoch that was destroyed, or that has another active key, is refused."""
        if epoch < self.oldest or (epoch in self.active and self.keys[epoch] != key):
            raise SlotRefused(slot, f"epoch {epoch} is destroyed or has another key.")
        return replace(self, keys={**self.keys, epoch: key})

    def activated(self, epoch: int, slot: str) -> Holding:
        """Confirm an epoch."""
        if epoch not in self.keys:
            raise SlotRefused(slot, f"epoch {epoch} is not held here.")
        return replace(self, active=self.active | {epoch})

    def only(self, epoch: int, slot: str) -> Holding:
        """Drop every epoch but an active one."""
        if epoch not in self.active:
            raise SlotRefused(slot, f"epoch {epoch} is not active here, so nothing is destroyed for it.")
        return replace(
            self, keys={epoch: self.keys[epoch]}, active=frozenset({epoch}), oldest=max(self.oldest, epoch)
        )

    def receipt(self, challenge: str, rolls: int) -> Receipt:
        """Sign what is held."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        epochs, at = tuple(sorted(self.keys)), clock.now().isoformat(timespec="seconds")
        receipt = Receipt(
            self.slot_id, self.public_key, epochs, self.oldest, rolls, self.fence, challenge, at
        )
        return receipt.signed(key)

    def status(self, rolls: int, leftovers: int) -> SlotStatus:
        """Say what is held."""
        return SlotStatus(
            self.slot_id,
            self.public_key,
            self.fence,
            tuple(sorted(self.keys.keys() - self.active)),
            tuple(sorted(self.active)),
            self.oldest,
            rolls,
            leftovers,
        )

    def packed(self) -> bytes:
        """Return the content as bytes, to be sealed."""
        return json.dumps(
            {
                "slot": self.slot_id,
                "seed": self.seed.hex(),
                "public_key": self.public_key,
                "fence": self.fence,
                "keys": {str(epoch): key.hex() for epoch, key in self.keys.items()},
                "active": sorted(self.active),
                "oldest": self.oldest,
            }
        ).encode()

    @classmethod
    def unpack(cls, packed: bytes) -> Holding:
        """Read the content."""
        told = json.loads(packed)
        keys = {int(epoch): bytes.fromhex(key) for epoch, key in told["keys"].items()}
        seed, active = bytes.fromhex(told["seed"]), frozenset(told["active"])
        slot, public_key = told["slot"], told["public_key"]
        return cls(slot, seed, public_key, told["fence"], keys, active, told["oldest"])
