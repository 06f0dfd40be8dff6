"""Says whether an export is whole: every damaged, missing or extra file by its name.

    python3 check.py                 the unpacked folder this program lies in
    python3 check.py FOLDER          another unpacked folder
    python3 check.py FILE.zip        the ZIP itself, every byte of it

Needs Python 3.9 or newer and nothing else. Ends with 0 when all is well, with 1 when not.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
from pathlib import Path
from typing import Any, BinaryIO

MANIFEST = "manifest.json"
MARK = b"OpSystem export 1 "
SEAL = len(MARK) + 64
END, RECORD = 22, 46
BLOCK = 1 << 20


def main(words: list[str]) -> int:
    """Check what is named, print what is wrong, return the exit status."""
    where = Path(words[0]) if words else Path(__file__).resolve().parent
    problems = check_folder(where) if where.is_dir() else check_zip(where)
    for problem in problems:
        print(problem)
    print(f"Not whole: {len(problems)} problems." if problems else "All is well.")
    return 1 if problems else 0


def check_folder(folder: Path) -> list[str]:
    """Return what is wrong with an unpacked export."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return [f"Missing: {MANIFEST}"]
    except ValueError:
        return [f"Damaged: {MANIFEST}"]
    problems: list[str] = []
    known = {MANIFEST}
    for one in manifest["entries"]:
        known.add(one["name"])
        problems += check_file(folder / one["name"], one)
    problems += check_counts(folder, manifest["tables"])
    found = (path for path in folder.rglob("*") if not path.is_dir() and "__pycache__" not in path.parts)
    names = sorted(path.relative_to(folder).as_posix() for path in found)
    return problems + [f"Extra: {name}" for name in names if name not in known]


def check_file(path: Path, one: dict[str, Any]) -> list[str]:
    """Compare a file with what the manifest says of it."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(BLOCK), b""):
                digest.update(block)
                size += len(block)
    except FileNotFoundError:
        return [f"Missing: {one['name']}"]
    whole = size == one["size"] and digest.hexdigest() == one["sha256"]
    return [] if whole else [f"Damaged: {one['name']}"]


def check_counts(folder: Path, tables: dict[str, Any]) -> list[str]:
    """Count the rows of the tables."""
    problems = []
    for table, said in tables.items():
        path = folder / "data" / f"{table}.jsonl"
        if path.is_file():
            with path.open("rb") as file:
                found = sum(1 for _ in file)
            if found != said["rows"]:
                problems.append(f"Damaged: data/{table}.jsonl has {found} rows instead of {said['rows']}")
    return problems


def check_zip(path: Path) -> list[str]:
    """Return what is wrong with the ZIP: each file by the sum over its place, the rest by the seal."""
    with path.open("rb") as file:
        end = f"Damaged: {MANIFEST}, or the list at the end of the ZIP"
        begin = manifest_place(file)
        if begin is None or not is_sealed(file, begin):
            return [f"{end}. It is cut off, damaged, packed anew, or no export."]
        return check_places(file, begin)


def manifest_place(file: BinaryIO) -> int | None:
    """Return where the manifest begins, as the last record of the ZIP's directory says; None without one."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - SEAL - END - 76 - 200))
    tail = file.read()
    record = tail.rfind(b"PK\1\2")
    name = record + RECORD
    if record < 0 or tail[name : name + len(MANIFEST)] != MANIFEST.encode():
        return None
    begin = int.from_bytes(tail[record + 42 : name], "little")
    if begin == 0xFFFFFFFF:
        begin = int.from_bytes(tail[name + len(MANIFEST) + 4 :][:8], "little")
    return begin if begin < length - SEAL else None


def is_sealed(file: BinaryIO, begin: int) -> bool:
    """Compare the seal with everything from the manifest on."""
    length = file.seek(0, os.SEEK_END)
    digest, left = hashlib.sha256(), length - SEAL - begin
    file.seek(begin)
    while left:
        block = file.read(min(BLOCK, left))
        digest.update(block)
        left -= len(block)
    return file.read() == MARK + digest.hexdigest().encode()


def check_places(file: BinaryIO, end: int) -> list[str]:
    """Compare every file's place in the ZIP with its sum."""
    file.seek(end + 22)
    size = int.from_bytes(file.read(4), "little")
    file.seek(end + 30 + len(MANIFEST))
    problems: list[str] = []
    at = 0
    for one in json.loads(file.read(size))["entries"]:
        if one["at"] != at:
            problems.append(f"Extra: something before {one['name']}")
        file.seek(one["at"])
        left, crc = one["length"], 0
        while left and (block := file.read(min(BLOCK, left))):
            crc = zlib.crc32(block, crc)
            left -= len(block)
        if left or f"{crc:08x}" != one["crc32"]:
            problems.append(f"Damaged: {one['name']}")
        at = one["at"] + one["length"]
    return problems if at == end else [*problems, f"Extra: something before {MANIFEST}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
