"""Having pictures made in the darkroom: a process that may fail, hang or be killed without harm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import IO, BinaryIO, Self

from opsystem.kit.errors import Unavailable

_COMMAND = (sys.executable, "-m", "opsystem.business.files.darkroom")
_SECONDS = 60.0
MOST_BYTES = 100_000_000
_MOST_ANSWERED = 20_000_000
_LONGEST_LINE = 2000


class Undevelopable(Exception):
    """No preview can be made of this file; the message says why, in words for people."""


@dataclass(frozen=True)
class Prints:
    """The two sizes of a preview as JPEG bytes, and the large one's pixels."""

    small: bytes
    large: bytes
    width: int
    height: int


class Studio:
    """Sends files to the darkroom, one at a time; begins it when it is needed, and again after a fall.

    `seconds` is how long one file may take. One studio serves one vault: what a hostile file may do to
    its darkroom, no other business's file meets.
    """

    def __init__(self, *, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._darkroom: subprocess.Popen[bytes] | None = None

    @property
    def number(self) -> int | None:
        """The darkroom's process id; None while there is none."""
        return None if self._darkroom is None else self._darkroom.pid

    def make(self, stream: BinaryIO, media_type: str, size: int) -> Prints:
        """Return the preview of a file of `size` bytes.

        Raises Undevelopable, and Unavailable when the darkroom fell or took too long: another try may help.
        """
        if size > MOST_BYTES:
            raise Undevelopable("The file is too large for a preview. The original is kept.")
        darkroom = self._open()
        watch = threading.Timer(self._seconds, darkroom.kill)
        watch.start()
        try:
            return _exchange(darkroom, stream, media_type, size)
        except Undevelopable:
            raise
        except (BrokenPipeError, EOFError, ValueError, TypeError, KeyError) as error:
            self.close()
            raise Unavailable("No preview could be made of this file.", code="darkroom_fell") from error
        except BaseException:
            # The file could not be read whole: the darkroom still waits for its rest.
            self.close()
            raise
        finally:
            watch.cancel()

    def _open(self) -> subprocess.Popen[bytes]:
        if self._darkroom is None or self._darkroom.poll() is not None:
            self.close()
            # Nothing of this process's surroundings goes along but where the code is.
            self._darkroom = subprocess.Popen(  # noqa: S603
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(sys.path)},
            )
        return self._darkroom

    def close(self) -> None:
        """End the darkroom, whatever it is doing."""
        if self._darkroom is not None:
            self._darkroom.kill()
            self._darkroom.communicate()
            self._darkroom = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _exchange(darkroom: subprocess.Popen[bytes], stream: BinaryIO, media_type: str, size: int) -> Prints:
    if darkroom.stdin is None or darkroom.stdout is None:
        raise EOFError
    darkroom.stdin.write(json.dumps({"media_type": media_type, "size": size}).encode() + b"\n")
    shutil.copyfileobj(stream, darkroom.stdin)
    darkroom.stdin.flush()
    told = json.loads(darkroom.stdout.readline(_LONGEST_LINE))
    if "problem" in told:
        raise Undevelopable(str(told["problem"])[:200])
    small, large = (_read(darkroom.stdout, int(told[name])) for name in ("small", "large"))
    return Prints(small, large, int(told["width"]), int(told["height"]))


def _read(source: IO[bytes], size: int) -> bytes:
    """Return exactly `size` bytes. Whoever answers may have been taken over: nothing is believed."""
    content = source.read(size) if 0 < size <= _MOST_ANSWERED else b""
    if not content or len(content) != size:
        raise EOFError
    return content
