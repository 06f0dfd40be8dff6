"""Salted commitments: what the journal's chain covers instead of people's words.

A seal is a random salt and the HMAC-SHA256 of the words under it. While the salt is there, anybody can
check the words against the seal. Once salt and words are dropped, what stays tells nothing of them, and
the chain that covers it stays whole.
"""

from __future__ import annotations

import hmac
import os
from typing import Final

_SALT_BYTES: Final = 16
_KEPT: Final = 64
# Length of a seal whose salt is there.
SEAL_LENGTH: Final = 2 * _SALT_BYTES + _KEPT
# What drops the salt of a seal, in SQL.
CLOSED_SEAL: Final = f"substr(seal, -{_KEPT})"


def new_seal(*words: str | None) -> str:
    """Return a seal over words, as hexadecimal text: salt and commitment."""
    salt = os.urandom(_SALT_BYTES)
    return salt.hex() + _commit(salt, words)


def commitment(seal: str) -> str:
    """Return the part of a seal that stays when its salt is dropped."""
    return seal[-_KEPT:]


def is_open(seal: str) -> bool:
    """Tell whether the salt is still there."""
    return len(seal) == SEAL_LENGTH


def fits(seal: str, *words: str | None) -> bool:
    """Tell whether an open seal is over exactly these words."""
    if not is_open(seal):
        return False
    try:
        salt = bytes.fromhex(seal[: 2 * _SALT_BYTES])
    except ValueError:
        return False
    return hmac.compare_digest(_commit(salt, words).encode(), commitment(seal).encode())


def _commit(salt: bytes, words: tuple[str | None, ...]) -> str:
    """Each part with its length first, so that no two lists of words read alike."""
    message = bytearray()
    for word in words:
        if word is None:
            message += b"\x00"
        else:
            plain = word.encode()
            message += b"\x01" + len(plain).to_bytes(8, "big") + plain
    return hmac.digest(salt, message, "sha256").hex()
