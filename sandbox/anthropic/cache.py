"""The prompt cache: what of a prompt was read from it, what was written, what was neither.

As documented: a prefix is kept at each breakpoint for five minutes or an hour after its last use, apart
for each key and model; a breakpoint also finds what was kept up to twenty blocks before it; short prefixes
are not kept.
https://platform.claude.com/docs/en/build-with-claude/prompt-caching
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sandbox.anthropic.estimate import Piece

SECONDS = {"5m": 300.0, "1h": 3600.0}
LOOK_BACK = 20  # blocks
KEPT_AT_MOST = 20_000  # prefixes, so that a long-running sandbox stays small


@dataclass(frozen=True)
class InputUsage:
    """Where the tokens of a prompt came from; the three kinds add up to the whole."""

    plain: int
    read: int
    written_5m: int
    written_1h: int


class PromptCache:
    """All kept prefixes. `now` gives seconds that never run backwards."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._until: OrderedDict[str, tuple[float, float]] = OrderedDict()  # prefix -> (end, life in seconds)

    def use(self, owner: str, minimum: int, pieces: Sequence[Piece]) -> InputUsage:
        """Read the longest kept prefix, keep the new ones, and say what that came to.

        `owner` is the key and the model; `minimum` is in tokens.
        """
        marks = _prefixes(owner, pieces)
        sizes = _running_sizes(pieces)
        breakpoints = [
            index
            for index, piece in enumerate(pieces)
            if piece.control is not None and sizes[index] >= minimum
        ]
        hit = self._longest_hit(marks, breakpoints)
        done = 0 if hit is None else sizes[hit]
        read = done
        written = {"5m": 0, "1h": 0}
        for index in breakpoints:
            control = pieces[index].control
            if control is None:
                continue
            if sizes[index] > done:
                written[control.ttl] += sizes[index] - done
                done = sizes[index]
            self._keep(marks[index], SECONDS[control.ttl])
        whole = sizes[-1] if sizes else 0
        return InputUsage(whole - done, read, written["5m"], written["1h"])

    def _longest_hit(self, marks: Sequence[str], breakpoints: Sequence[int]) -> int | None:
        for end in reversed(breakpoints):
            for index in range(end, max(end - LOOK_BACK, -1), -1):
                kept = self._until.get(marks[index])
                if kept is not None and kept[0] > self._now():
                    self._keep(marks[index], kept[1])
                    return index
        return None

    def _keep(self, mark: str, seconds: float) -> None:
        self._until[mark] = (self._now() + seconds, seconds)
        self._until.move_to_end(mark)
        while len(self._until) > KEPT_AT_MOST:
            self._until.popitem(last=False)


def _prefixes(owner: str, pieces: Sequence[Piece]) -> list[str]:
    """For each piece the hash of everything up to and with it."""
    running = hashlib.sha256(owner.encode())
    marks = []
    for piece in pieces:
        running.update(f"{len(piece.content)}:".encode())
        running.update(piece.content.encode())
        marks.append(running.hexdigest())
    return marks


def _running_sizes(pieces: Sequence[Piece]) -> list[int]:
    sizes: list[int] = []
    for piece in pieces:
        sizes.append(piece.tokens + (sizes[-1] if sizes else 0))
    return sizes
