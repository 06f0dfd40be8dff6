"""Signed heads of the journal: who holds one can tell later whether anything before it was touched.

The signing key is derived from the vault's key and from nothing that stands in the database: whoever
can write the database alone can rewrite a chain, but not sign it. A head is signed with every
thirty-second entry, and by the worker some minutes after the first that none covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from opsystem.vault.database import VaultConnection
from opsystem.vault.moments import as_stored

# So often an entry is signed at once; what comes after one, when so much time has gone by.
SIGN_EVERY: Final = 32
SIGN_AFTER: Final = timedelta(minutes=5)
_KEEP: Final = "INSERT INTO journal_head (at, position, hash, signer, signature) VALUES (?, ?, ?, ?, ?)"
_TIP: Final = "SELECT position, hash FROM change_set WHERE position IS NOT NULL ORDER BY id DESC LIMIT 1"
_NEWEST: Final = "SELECT at, position, hash, signer, signature FROM journal_head ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True)
class Head:
    """The chain up to `position`, signed. `at` is the stored text of a moment."""

    at: str
    position: int
    hash: str
    signer: str
    signature: str

    @property
    def message(self) -> str:
        """What is signed."""
        return f"head|{self.at}|{self.position}|{self.hash}"

    def is_genuine(self) -> bool:
        """Tell whether the signature is that of the named signer."""
        return is_signed(self.message, self.signer, self.signature)


class Signer:
    """Signs what a vault says of its own journal. `public` is its public key in hexadecimal text."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw().hex()

    def sign(self, message: str) -> str:
        """Return the signature of a message as hexadecimal text."""
        return self._key.sign(message.encode()).hex()


@lru_cache(maxsize=1024)
def is_signed(message: str, signer: str, signature: str) -> bool:
    """Tell whether a signature of a message is that of a signer; never raises."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer))
        key.verify(bytes.fromhex(signature), message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_head(connection: VaultConnection, signer: Signer, at: datetime) -> Head | None:
    """Sign the journal's newest entry and keep the head; None when there is none to sign.

    When the newest entry is signed by this signer already, that head is returned.
    """
    tip = connection.execute(_TIP).fetchone()
    if tip is None:
        return None
    known = newest_head(connection)
    if known is not None and (known.position, known.hash, known.signer) == (*tip, signer.public):
        return known
    moment = as_stored(at)
    unsigned = Head(moment, tip[0], tip[1], signer.public, "")
    head = Head(moment, tip[0], tip[1], signer.public, signer.sign(unsigned.message))
    connection.execute(_KEEP, (head.at, head.position, head.hash, head.signer, head.signature))
    return head


def prune_heads(connection: VaultConnection) -> None:
    """Let go of heads between the regular ones that a newer head covers: one a few minutes adds up."""
    connection.execute(
        "DELETE FROM journal_head WHERE position % ? != 0 AND id < (SELECT max(id) FROM journal_head)",
        (SIGN_EVERY,),
    )


def newest_head(connection: VaultConnection) -> Head | None:
    """Return the newest head that is kept, or None."""
    row = connection.execute(_NEWEST).fetchone()
    return Head(*row) if row is not None else None
