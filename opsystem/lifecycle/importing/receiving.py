"""An archive on its way from a browser: kept part by part, sealed, and read as the one file it is.

A part is kept when its bytes are safe; which byte comes next is what the row says. A part that is sent again
is known by its place, so an upload that broke off goes on.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from typing import Final

from sqlalchemy import select
from typing_extensions import Buffer

from opsystem.business.arrivals.models import Arrival, ArrivalPart
from opsystem.business.arrivals.operations import LANE
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, NotFound
from opsystem.vault import Vault

# Small enough to pass through the memory of a request and never through a temporary file.
LARGEST_PART: Final = 2 * 1024 * 1024
_LARGEST_NUMBER: Final = 1 << 62


def receive_part(vault: Vault, number: int, at: int, data: bytes) -> int:
    """Keep the bytes of an archive from `at` on; return which byte comes next.

    With the last part the worker is called. Raises NotFound for an archive that is not being received,
    Conflict for a part out of turn.
    """
    row = _receiving(vault, number)
    if at != row.received:
        if at < row.received:
            return row.received
        raise Conflict(f"Byte {row.received} comes next.", code="out_of_turn")
    if not data or at + len(data) > row.size:
        raise Conflict("This is more than was announced.", code="too_much")
    stored = vault.arrivals.write([data], limit=LARGEST_PART)
    now = clock.now()
    with vault.mechanics() as session:
        kept = session.get_one(Arrival, number)
        if kept.received != at or kept.state != "receiving":
            return kept.received
        session.add(ArrivalPart(arrival_id=number, at=at, size=len(data), content_id=stored.content_id))
        kept.received = at + len(data)
        if kept.received == kept.size:
            kept.state, kept.due_at = "waiting", now
            vault.wake(LANE, now)
        return kept.received


def _receiving(vault: Vault, number: int) -> Arrival:
    with vault.reading() as session:
        row = session.get(Arrival, number) if number < _LARGEST_NUMBER else None
    if row is None or row.state != "receiving":
        raise NotFound("This archive is not being received. Begin again.", code="no_arrival")
    return row


class Received(io.RawIOBase):
    """The parts of a received archive as one file that can be read at any place."""

    def __init__(self, vault: Vault, number: int) -> None:
        self._store = vault.arrivals
        with vault.reading() as session:
            mine = select(ArrivalPart).where(ArrivalPart.arrival_id == number).order_by(ArrivalPart.at)
            parts = list(session.scalars(mine))
        self._starts = [part.at for part in parts]
        self._ids = [part.content_id for part in parts]
        self.size = parts[-1].at + parts[-1].size if parts else 0
        self._place = 0
        self._open: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that any place can be read."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place counted from the start, from here or from the end."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: Buffer) -> int:
        """Read to the end of the present part at most. Raises DamagedFile."""
        if self._place >= self.size:
            return 0
        number = bisect_right(self._starts, self._place) - 1
        if self._open[0] != number:
            self._open = (number, b"".join(self._store.pieces(self._ids[number])))
        target = memoryview(buffer).cast("B")
        within = self._place - self._starts[number]
        piece = self._open[1][within : within + len(target)]
        target[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)
