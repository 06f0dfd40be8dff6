"""The form of one sealed file: a header of fixed length, then chunks.

    header   mark 4 · chunk length 4 · plain size 8 · nonce 12 · wrapped file key 48 · commitment 32
    chunk    ciphertext · tag 16        (65,536 bytes of plain text each, the last one shorter or empty)

Each file has a random key of its own, used for nothing else. Chunks follow the STREAM construction (Hoang,
Reyhanitabar, Rogaway and Vizár, 2015) over AES-256-GCM: the nonce of a chunk is its number and whether it is
the last, so that none can be moved, repeated, left out or taken from another file. The file key is wrapped
under the vault's "files" key and bound to the content id and the size, so that a file put in another's place,
or cut short, does not open. The commitment names the one file key that fits, which AES-GCM alone does not.
"""

import hmac
import secrets
import struct
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from opsystem.kit.errors import Unavailable
from opsystem.vault.keys import KEY_BYTES, new_key

CHUNK: Final = 65_536
_TAG: Final = 16
_NONCE: Final = 12
_MARK: Final = b"OSF\x01"
_BOUND: Final = struct.Struct(">4sIQ")  # what of the header is given to the wrapping as associated data
_LAYOUT: Final = struct.Struct(f">4sIQ{_NONCE}s{KEY_BYTES + _TAG}s32s")
HEADER: Final = _LAYOUT.size


class DamagedFile(Unavailable):
    """A stored file is cut, changed, swapped or sealed under another key; nothing wrong was given out."""

    def __init__(self) -> None:
        super().__init__(
            "This file is damaged and cannot be opened. It can be restored from a backup.",
            code="file_damaged",
        )


def chunks_of(size: int) -> int:
    """Return how many chunks hold `size` bytes. An empty file has one, empty and sealed as the last."""
    return max(1, -(-size // CHUNK))


def sealed_length(size: int) -> int:
    """Return the length in bytes of the sealed form of `size` bytes."""
    return HEADER + size + chunks_of(size) * _TAG


def place_of(number: int) -> int:
    """Return where a chunk begins in the sealed form."""
    return HEADER + number * (CHUNK + _TAG)


class FileSeal:
    """Seals and opens the chunks of one file with its key."""

    def __init__(self, file_key: bytes) -> None:
        self._key = file_key
        self._cipher = AESGCM(file_key)

    @classmethod
    def new(cls) -> Self:
        """Make the seal of a new file."""
        return cls(new_key())

    @classmethod
    def of(cls, header: bytes, files_key: bytes, content_id: str) -> tuple[Self, int]:
        """Return the seal and the plain size a header gives. Raises `DamagedFile`."""
        if len(header) != HEADER:
            raise DamagedFile
        mark, chunk, size, nonce, wrapped, commitment = _LAYOUT.unpack(header)
        if mark != _MARK or chunk != CHUNK:
            raise DamagedFile
        try:
            file_key = AESGCM(files_key).decrypt(nonce, wrapped, _bound_to(size, content_id))
        except InvalidTag:
            raise DamagedFile from None
        if not hmac.compare_digest(commitment, _commitment(file_key)):
            raise DamagedFile
        return cls(file_key), size

    def header(self, files_key: bytes, content_id: str, size: int) -> bytes:
        """Return the header, which can only be written when the whole content is known."""
        nonce = secrets.token_bytes(_NONCE)
        wrapped = AESGCM(files_key).encrypt(nonce, self._key, _bound_to(size, content_id))
        return _LAYOUT.pack(_MARK, CHUNK, size, nonce, wrapped, _commitment(self._key))

    def close_chunk(self, number: int, plain: bytes, *, last: bool) -> bytes:
        """Seal one chunk. A number is never used twice, since each file has its own key."""
        return self._cipher.encrypt(_nonce(number, last=last), plain, _MARK)

    def open_chunk(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        """Open one chunk. Raises `DamagedFile` unless it is this file's chunk of this number, unchanged."""
        try:
            return self._cipher.decrypt(_nonce(number, last=last), sealed, _MARK)
        except InvalidTag:
            raise DamagedFile from None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NONCE - 1, "big") + bytes([last])


def _bound_to(size: int, content_id: str) -> bytes:
    return _BOUND.pack(_MARK, CHUNK, size) + content_id.encode()


def _commitment(file_key: bytes) -> bytes:
    return hmac.digest(file_key, b"opsystem file key commitment", "sha256")
