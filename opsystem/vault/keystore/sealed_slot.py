"""A slot in a directory of its own: one file sealed under a key that dies with every rotation.

The slot's key S is made of two parts by HKDF: the root, which the operator gives (a systemd credential or a
key file) and which stays, and a random *secret* in a small file of the slot, which is rolled when epochs are
destroyed. Rolling writes a new secret, seals what is left under the new S, and only then destroys the old
secret. From that moment every earlier copy of the slot's file is noise, also to a holder of the root.

A crash between these steps leaves the old secret lying there; the next order finishes it, and no receipt is
signed before.
"""

from __future__ import annotations

import secrets
import struct
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from opsystem.vault.keys import KEY_BYTES, KeyUnusable
from opsystem.vault.keystore.disk import Directory, Disk
from opsystem.vault.keystore.holding import Holding
from opsystem.vault.keystore.problems import SlotRefused
from opsystem.vault.keystore.receipts import Receipt
from opsystem.vault.keystore.slot import SlotStatus

_FILE = "slot"
_SECRET = "secret."  # noqa: S105 - the beginning of a file's name
_MAGIC = b"OPSSLOT\x01"
_HEADER = struct.Struct(">8sI12s")


class SealedSlot:
    """One slot. `root` is the operator's part of its key, 32 bytes."""

    def __init__(self, place: Path | Disk, root: bytes, *, name: str = "1") -> None:
        self._disk: Disk = Directory(place) if isinstance(place, Path) else place
        self._root = root
        self._name = name

    @property
    def name(self) -> str:
        """What the operator knows the slot by."""
        return self._name

    def status(self) -> SlotStatus:
        """Say what is held."""
        if self._disk.stamp(_FILE) is None:
            return SlotStatus("", "", 0, (), (), 1, 0)
        holding, rolls = self._read()
        return holding.status(rolls, len(self._leftovers(rolls)))

    def key_of(self, epoch: int) -> bytes | None:
        """Return an epoch's key, None when it is not held."""
        if self._disk.stamp(_FILE) is None:
            return None
        return self._read()[0].keys.get(epoch)

    def noise(self) -> bytes:
        """Return 32 random bytes."""
        return secrets.token_bytes(KEY_BYTES)

    def begin(self, fence: int) -> None:
        """Obey no rotation older than this from now on."""
        with self._disk.lock(_FILE):
            holding, rolls = self._read_or_new()
            if holding.fence != fence:
                self._write(holding.begun(fence, self._name), rolls)

    def hold(self, fence: int, epoch: int, key: bytes) -> None:
        """Keep a new epoch's key, pending."""
        with self._disk.lock(_FILE):
            holding, rolls = self._read_or_new()
            changed = holding.begun(fence, self._name).with_key(epoch, key, self._name)
            if changed != holding:
                self._write(changed, rolls)

    def activate(self, fence: int, epoch: int) -> None:
        """Make a pending epoch active."""
        with self._disk.lock(_FILE):
            holding, rolls = self._read_or_new()
            changed = holding.begun(fence, self._name).activated(epoch, self._name)
            if changed != holding:
                self._write(changed, rolls)

    def destroy_before(self, fence: int, epoch: int) -> None:
        """Destroy every epoch but this active one by rolling the slot's secret."""
        with self._disk.lock(_FILE):
            holding, rolls = self._read_or_new()
            changed = holding.begun(fence, self._name).only(epoch, self._name)
            if changed != holding:
                rolls += 1
                self._disk.write(_secret(rolls), secrets.token_bytes(KEY_BYTES))
                self._write(changed, rolls)
            for leftover in self._leftovers(rolls):
                self._disk.destroy(leftover)
            self._disk.sweep()

    def receipt(self, fence: int, challenge: str) -> Receipt:
        """Sign what is held now. Refused while a secret of earlier is still to be destroyed."""
        with self._disk.lock(_FILE):
            holding, rolls = self._read()
            if self._leftovers(rolls):
                raise SlotRefused(self._name, "an earlier secret is still to be destroyed.")
            return holding.begun(fence, self._name).receipt(challenge, rolls)

    def _read_or_new(self) -> tuple[Holding, int]:
        if self._disk.stamp(_FILE) is not None:
            return self._read()
        # Begun and cut short before the file stood: its secret has sealed nothing yet.
        for leftover in self._leftovers(0):
            self._disk.destroy(leftover)
        self._disk.write(_secret(1), secrets.token_bytes(KEY_BYTES))
        return Holding.new(), 1

    def _read(self) -> tuple[Holding, int]:
        content = self._disk.read(_FILE)
        if len(content) <= _HEADER.size or not content.startswith(_MAGIC):
            raise KeyUnusable(f"The file of key slot {self._name} is not in a known form.")
        header, sealed = content[: _HEADER.size], content[_HEADER.size :]
        _, rolls, nonce = _HEADER.unpack(header)
        try:
            return Holding.unpack(AESGCM(self._key(rolls)).decrypt(nonce, sealed, header)), rolls
        except (InvalidTag, FileNotFoundError):
            raise KeyUnusable(
                f"Key slot {self._name} does not open: its file is an old copy, "
                "or the key file is another one."
            ) from None

    def _write(self, holding: Holding, rolls: int) -> None:
        nonce = secrets.token_bytes(12)
        header = _HEADER.pack(_MAGIC, rolls, nonce)
        self._disk.write(_FILE, header + AESGCM(self._key(rolls)).encrypt(nonce, holding.packed(), header))

    def _key(self, rolls: int) -> bytes:
        secret = self._disk.read(_secret(rolls))
        label = b"opsystem key slot 1:" + struct.pack(">I", rolls)
        return HKDF(SHA256(), KEY_BYTES, salt=secret, info=label).derive(self._root)

    def _leftovers(self, rolls: int) -> list[str]:
        return [name for name in self._disk.names() if name.startswith(_SECRET) and name != _secret(rolls)]


def _secret(rolls: int) -> str:
    return f"{_SECRET}{rolls}"
