"""Keys of a vault: made, derived, and the operator's key file read.

A vault has one random key. It is never used itself: every purpose gets a key of its own by HKDF-SHA256
(RFC 5869), so that what is learned of one says nothing of another. Where vault keys are kept, and under what,
`vault.keystore` knows.
"""

import os
import secrets
import stat
from pathlib import Path
from typing import Final, Literal, get_args

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from opsystem.kit.errors import Unavailable

Purpose = Literal["db", "files", "content-id", "search", "inbox", "export", "audit"]

KEY_BYTES: Final = 32
_LONGEST_VAULT_ID: Final = 255
_GROUP_AND_OTHERS: Final = 0o077


class KeyUnusable(Unavailable):
    """A key is missing, unreadable, unsafely kept, or does not open what it should open."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="key_unusable")


def new_key() -> bytes:
    """Make a random key of 32 bytes from the operating system's generator."""
    return secrets.token_bytes(KEY_BYTES)


def derive(vault_key: bytes, vault_id: str, purpose: Purpose, version: int = 1) -> bytes:
    """Derive the 32-byte key of one purpose. `version` moves when that purpose's keys are changed."""
    if purpose not in get_args(Purpose):
        raise ValueError(f"No such purpose of a key: {purpose}")
    _expect_key(vault_key)
    label = b"opsystem vault " + purpose.encode() + b" v" + _number(version)
    return HKDF(SHA256(), KEY_BYTES, salt=_name(vault_id), info=label).derive(vault_key)


def load_key_file(path: Path | str, *, setting: str = "the key file") -> bytes:
    """Read a 32-byte key from a file only its owner can read.

    `setting` is the name of the setting that gave the path; errors name it and nothing else. Raises
    `KeyUnusable` when the file is missing, is a link or no plain file, belongs to somebody else than this
    process or root, is open to group or others, or is not exactly 32 bytes long.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise KeyUnusable(f"{setting}: the key file cannot be opened ({error.strerror}).") from None
    try:
        _expect_safely_kept(os.fstat(descriptor), setting)
        key = os.read(descriptor, KEY_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(key) != KEY_BYTES:
        raise KeyUnusable(f"{setting}: the key file must hold exactly {KEY_BYTES} bytes.")
    return key


def _expect_safely_kept(facts: os.stat_result, setting: str) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise KeyUnusable(f"{setting}: this is not a plain file.")
    if facts.st_uid not in (os.geteuid(), 0):
        raise KeyUnusable(f"{setting}: the key file belongs to another user.")
    if facts.st_mode & _GROUP_AND_OTHERS:
        raise KeyUnusable(f"{setting}: others may use the key file. Set its mode to 0600 or 0400.")


def _name(vault_id: str) -> bytes:
    """Write the id with its length first, so that no two pairs of id and version read alike."""
    name = vault_id.encode()
    if not 0 < len(name) <= _LONGEST_VAULT_ID:
        raise ValueError("A vault id has 1 to 255 bytes.")
    return bytes([len(name)]) + name


def _number(version: int) -> bytes:
    return version.to_bytes(4, "big")


def _expect_key(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise KeyUnusable(f"A key has {KEY_BYTES} bytes.")
