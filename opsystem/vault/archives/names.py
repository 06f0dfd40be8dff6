"""Names inside an archive: a person's words, made safe for every system that may unpack it.

Windows forbids letters, endings and whole names that others allow; macOS and Windows take upper and lower
case for the same; a name that climbs (`..`) must never be written. What a person called a file stays
recognisable. Rules: Microsoft's "Naming Files, Paths, and Namespaces"; APPNOTE 4.4.17 for the slash.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

_LONGEST: Final = 100  # bytes of UTF-8 a part, so that two folders deep stay below Windows' 260 letters
_LONGEST_ENDING: Final = 16
_DEEPEST: Final = 8
_DRIVE: Final = re.compile(r"[A-Za-z]:")
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
    return _joined(*_ending(plain)) or "unnamed"


def why_unsafe(name: str) -> str:
    """Return why a name somebody else's archive has is not taken, in a sentence; nothing when it is fine."""
    parts = name.split("/")
    if not name or "\0" in name:
        return "A file has no name."
    if name.startswith("/") or _DRIVE.match(name):
        return "Its name leads to a place outside of the archive."
    if "\\" in name:
        return "Its name has a backslash."
    if ".." in parts or "." in parts or "" in parts:
        return "Its name leads out of its folder."
    if len(parts) > _DEEPEST or any(safe_part(part) != part for part in parts):
        return "Its name is not one that an export gives."
    return ""


class ArchiveNames:
    """Gives out the names of one archive, each only once, also where case does not count."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._folders: dict[str, str] = {}
        self._tried: dict[str, int] = {}

    def claim(self, name: str | Sequence[str]) -> str:
        """Return the safe and unused name that is nearest.

        A text is split into folders at each slash; the parts of a sequence are taken whole, so that a slash
        in what a person wrote makes no folder.
        """
        given = name.split("/") if isinstance(name, str) else name
        parts = [safe_part(part) for part in given if part] or [safe_part("")]
        above = ""
        for folder in parts[:-1]:
            asked = folded(above + folder)
            if asked not in self._folders:
                self._folders[asked] = self._take(above, folder) + "/"
            above = self._folders[asked]
        return self._take(above, parts[-1])

    def _take(self, above: str, part: str) -> str:
        path = next(path for path in self._free(above, part) if folded(path) not in self._used)
        self._used.add(folded(path))
        return path

    def _free(self, above: str, part: str) -> Iterator[str]:
        """Yield the name itself, then the name with the numbers not yet tried."""
        yield above + part
        stem, ending = _ending(part)
        key = folded(above + part)
        while True:
            number = self._tried[key] = self._tried.get(key, 1) + 1
            yield above + _joined(stem, f" ({number}){ending}")


def folded(path: str) -> str:
    """Return what is equal for names that some system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def _ending(part: str) -> tuple[str, str]:
    stem, dot, ending = part.rpartition(".")
    if dot and stem.strip("_") and len(ending.encode()) < _LONGEST_ENDING and " " not in ending:
        return stem, f".{ending}"
    return part, ""


def _joined(stem: str, ending: str) -> str:
    """Join a name and its ending, cutting the name where both together are too long."""
    room = _LONGEST - len(ending.encode())
    return stem + ending if len(stem.encode()) <= room else _cut(stem, room) + ending


def _cut(stem: str, room: int) -> str:
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .")
