"""Bytes of a vault's files on their way out: decrypted piece by piece, the vault held open meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from opsystem.lifecycle.opening import vault_in_use

_PIECE = 256 * 1024


def stream_content(
    vault_id: str, content_id: str, *, start: int = 0, end: int | None = None
) -> Iterator[bytes]:
    """Yield a content's bytes from `start` up to, not including, `end`; no more is decrypted."""
    with vault_in_use(vault_id) as vault, vault.files.open(content_id) as stream:
        stream.seek(start)
        left = None if end is None else end - start
        while left is None or left > 0:
            piece = stream.read(_PIECE if left is None else min(_PIECE, left))
            if not piece:
                return
            if left is not None:
                left -= len(piece)
            yield piece
