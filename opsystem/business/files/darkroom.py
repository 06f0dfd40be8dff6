"""A process of its own in which files of strangers are decoded: `python -m opsystem.business.files.darkroom`.

Decoders are written in C and meet what anybody sends. Here they find no key and no business: one
file comes in on standard input, its pictures go out on standard output, and the kernel limits memory,
processor time and writing. Whoever asks is `studio`.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from typing import BinaryIO

from opsystem.business.files.pictures import PictureError, make_pictures

_MEMORY = 2_000_000_000
_PROCESSOR_SECONDS = 300


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until there are no more: a line of JSON, then the file; a line, then the pictures."""
    for line in source:
        asked = json.loads(line)
        content = io.BytesIO(source.read(asked["size"]))
        try:
            made = make_pictures(content, asked["media_type"])
        except PictureError as problem:
            _answer(target, {"problem": str(problem)})
        else:
            told = {"small": len(made.small), "large": len(made.large)}
            _answer(target, {**told, "width": made.width, "height": made.height}, made.small, made.large)


def _answer(target: BinaryIO, told: dict[str, object], *contents: bytes) -> None:
    target.write(json.dumps(told).encode() + b"\n" + b"".join(contents))
    target.flush()


def _limit_itself() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing is written to any file.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    # What a library prints must not stand among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_itself()
    serve(sys.stdin.buffer, answers)
