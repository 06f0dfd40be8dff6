"""`python -m ops.canaries FOLDER WORD...`: looks for words as plain bytes in every file below a folder.

`--except PATH` leaves a file or folder out, such as what the vendors' sandbox holds. Words are looked for in
UTF-8 and UTF-16, in any casing. Prints where one was found, and ends with 1 then.

    bin/demo, Ctrl+C, then
    python -m ops.canaries var/demo Alvarez --except var/demo/sandbox --except var/demo/logs/sandbox.log
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_BLOCK = 1 << 20


def spellings(word: str) -> list[bytes]:
    """Return how a word would lie on a disk."""
    low = word.lower()
    return [low.encode(), low.encode("utf-16-le"), low.encode("utf-16-be")]


def hits(folder: Path, words: Sequence[str], *, leaving: Sequence[Path] = ()) -> Iterator[tuple[Path, str]]:
    """Yield each file below `folder` and each word that stands plainly in it, or in its name."""
    wanted = [(word, spelling) for word in words for spelling in spellings(word)]
    longest = max((len(spelling) for _, spelling in wanted), default=1)
    for path in sorted(folder.rglob("*")):
        if any(path == left or left in path.parents for left in leaving):
            continue
        found = {word for word in words if word.lower() in path.name.lower()}
        if path.is_file() and not path.is_symlink():
            for block in _blocks(path, longest):
                found |= {word for word, spelling in wanted if spelling in block}
        yield from ((path, word) for word in sorted(found))


def _blocks(path: Path, overlap: int) -> Iterator[bytes]:
    """Yield a file in lower case, each block with the end of the one before."""
    end = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield end + block.lower()
            end = block[-overlap:].lower()


def main() -> int:
    """Look, and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("words", nargs="+", metavar="WORD")
    asked.add_argument("--except", dest="leaving", type=Path, action="append", default=[])
    given = asked.parse_args()
    found = list(hits(given.folder, given.words, leaving=given.leaving))
    print("\n".join(f"{path}: {word}" for path, word in found) or "none of these words lies there plainly")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
