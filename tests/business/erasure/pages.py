"""A vault's database as it lies on the disk, deciphered page by page, gaps and free pages included.

SQLCipher 4 with a raw key: AES-256-CBC, 4096 bytes a page, of which the last 80 are the page's own
initialisation vector and HMAC; the first 16 bytes of the file are its salt.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, VECTOR, SALT = 4096, 80, 16, 16
LOG_HEADER, FRAME_HEADER = 32, 24


def plain_pages(database: Path, key: bytes) -> Iterator[bytes]:
    """Yield every page of a database file, and of the write-ahead log beside it, in plain bytes."""
    stored = database.read_bytes()
    for begin in range(0, len(stored), PAGE):
        yield _plain(stored[begin : begin + PAGE], key, is_first=begin == 0)
    log = database.with_name(f"{database.name}-wal")
    frames = log.read_bytes() if log.exists() else b""
    for begin in range(LOG_HEADER, len(frames), FRAME_HEADER + PAGE):
        number = int.from_bytes(frames[begin : begin + 4], "big")
        page = frames[begin + FRAME_HEADER : begin + FRAME_HEADER + PAGE]
        yield _plain(page, key, is_first=number == 1)


def _plain(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    sealed = page[SALT if is_first else 0 : PAGE - RESERVED]
    vector = page[PAGE - RESERVED : PAGE - RESERVED + VECTOR]
    opener = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return opener.update(sealed) + opener.finalize()
