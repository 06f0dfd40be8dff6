"""Names inside an archive: a person's words, made safe for every system that may unpack it.

Windows forbids letters, endings and whole names that others allow; macOS and Windows take upper and lower case
for the same; a name that climbs (`..`) must never be written. What a person called a file stays recognisable.
Rules: Microsoft's "Naming Files, Paths, and Namespaces"; APPNOTE 4.4.17 for the slash.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

_LONGEST: Final = 100  # bytes of UTF-8 a part, so that two folders deep stay below Windows' 260 letters
_LONGEST_ENDING: Final = 16
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, direction marks, halves of letters
_DEVICE: Final = re.compile(
    r"(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$) *(\.|$)",
    re.IGNORECASE,
)


def safe_part(words: str) -> str:
    """Return one part of a path that every system can hold, as near to `words` as can be."""
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", words)
        if letter.isspace() or unicodedata.category(letter) not in _UNSEEN
    )
    plain = _FORBIDDEN.sub("_", seen).strip(" ").rstrip(". ")
    if plain.startswith(".") or _DEVICE.match(plain):
        plain = f"_{plain}"
    return _shorten(plain) or "unnamed"


class ArchiveNames:
    """Gives out the names of one archive, each only once also where case and accents do not count."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: dict[str, str] = {}
        self._tried: dict[str, int] = {}

    def claim(self, name: str | Sequence[str]) -> str:
        """Return the safe and unused name nearest to `name`.

        A text is split into folders at each slash; the parts of a sequence are taken whole, so that a slash in
        a person's words makes no folder.
        """
        *folders, last = [part for part in (name.split("/") if isinstance(name, str) else name) if part] or [
            ""
        ]
        above = ""
        for folder in folders:
            above = self._folder(above, safe_part(folder))
        return next(path for path in self._free(above, safe_part(last)) if self._take(path))

    def _folder(self, above: str, part: str) -> str:
        for path in self._free(above, part):
            key = _same(path)
            if key not in self._files:
                return self._folders.setdefault(key, f"{path}/")
        raise AssertionError("there is always another number")

    def _take(self, path: str) -> bool:
        key = _same(path)
        if key in self._files or key in self._folders:
            return False
        self._files.add(key)
        return True

    def _free(self, above: str, part: str) -> Iterator[str]:
        """Yield the name itself, then the name with the numbers not yet tried."""
        yield above + part
        stem, ending = _ending(part)
        key = _same(above + part)
        while True:
            number = self._tried[key] = self._tried.get(key, 1) + 1
            yield f"{above}{_shorten(f'{stem} ({number}){ending}')}"


def _same(path: str) -> str:
    """Return what is equal for names that some system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def _ending(part: str) -> tuple[str, str]:
    stem, dot, ending = part.rpartition(".")
    known = dot and stem.strip("_") and len(ending.encode()) < _LONGEST_ENDING and " " not in ending
    return (stem, f".{ending}") if known else (part, "")


def _shorten(part: str) -> str:
    stem, ending = _ending(part)
    room = _LONGEST - len(ending.encode())
    return (
        part
        if len(stem.encode()) <= room
        else stem.encode()[:room].decode(errors="ignore").rstrip(" .") + ending
    )
