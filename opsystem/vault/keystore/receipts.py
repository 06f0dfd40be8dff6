"""A slot's signed word on which epochs it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from opsystem.kit.errors import Invalid


@dataclass(frozen=True)
class Receipt:
    """At `at`, slot `slot_id` holds `epochs` and has destroyed every one before `oldest`.

    `rolls` counts the slot's own secrets; the earlier ones are destroyed. All fields but
    `signature` are signed.
    """

    slot_id: str
    public_key: str
    epochs: tuple[int, ...]
    oldest: int
    rolls: int
    fence: int
    challenge: str
    at: str
    signature: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return plain data, as it stands in a certificate."""
        return {**vars(self), "epochs": list(self.epochs)}

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Receipt:
        """Read plain data. Raises Invalid for what is no receipt."""
        try:
            return cls(**{**given, "epochs": tuple(given["epochs"])})
        except (KeyError, TypeError) as error:
            raise Invalid("This is not a slot's receipt.", code="receipt") from error

    def signed(self, key: Ed25519PrivateKey) -> Receipt:
        """Return the receipt with its signature."""
        return replace(self, signature=key.sign(signed_words(self.as_dict())).hex())

    def is_signed(self) -> bool:
        """Say whether the signature is that of the public key named in the receipt."""
        return is_signed(self.as_dict(), self.public_key)


def signed_words(record: Mapping[str, Any]) -> bytes:
    """Return what is signed of a record: its JSON without `signature`, keys sorted, no spaces, ASCII."""
    unsigned = {name: value for name, value in record.items() if name != "signature"}
    return json.dumps(unsigned, sort_keys=True, separators=(",", ":")).encode("ascii")


def is_signed(record: Mapping[str, Any], public_key: str) -> bool:
    """Say whether the record's `signature` was made by this public key (hex)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(str(record.get("signature", ""))), signed_words(record))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_words(key: Ed25519PrivateKey) -> str:
    """Return a signing key's public half as hex."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
