"""A disk as it is found after a loss of power: what was synced is there, of the rest nothing or any part.

The strict reading of POSIX: the bytes of a file are safe after fsync of the file, its name after fsync of the
directory it stands in. Pieces of 512 bytes of what was not synced may each be there or not.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.shim import MARK, MKDIR, OPEN, RENAME, RMDIR, SYNC, TRUNCATE, UNLINK, WRITE

_HEAD = struct.Struct("<IIIIq")
_SECTOR = 512
_FOLDER = -1
# Shared memory between processes: no part of what a vault is, and gone with the power.
_NOT_ON_DISK = "-shm"


@dataclass(frozen=True)
class Event:
    """One change that a process made."""

    kind: int
    path: str
    other: str
    number: int
    data: bytes


def events(log: Path) -> Iterator[Event]:
    """Read what the shim wrote down."""
    with log.open("rb") as file:
        while head := file.read(_HEAD.size):
            kind, path, other, size, number = _HEAD.unpack(head)
            yield Event(kind, file.read(path).decode(), file.read(other).decode(), number, file.read(size))


@dataclass
class _File:
    safe: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)


@dataclass
class Disk:
    """The disk below a directory that was empty at first. `acknowledged` is the last mark seen."""

    root: str
    acknowledged: int = -1

    def __post_init__(self) -> None:
        self._files: list[_File] = []
        self._names: dict[str, int] = {self.root: _FOLDER}
        self._safe_names: dict[str, int] = {self.root: _FOLDER}
        self._waiting: list[tuple[str, int | None]] = []

    def take(self, event: Event) -> None:
        """Let one change happen."""
        if event.path.endswith(_NOT_ON_DISK):
            return
        if event.kind == MARK:
            self.acknowledged = event.number
        elif event.kind == OPEN:
            self._files.append(_File())
            self._name(event.path, len(self._files) - 1)
        elif event.kind == MKDIR:
            self._name(event.path, _FOLDER)
        elif event.kind in {UNLINK, RMDIR}:
            self._name(event.path, None)
        elif event.kind == RENAME:
            number = self._names[event.path]
            self._name(event.other, number)
            self._name(event.path, None)
        elif event.path in self._names:
            self._change(event)

    def _change(self, event: Event) -> None:
        number = self._names[event.path]
        if number == _FOLDER:
            self._sync_folder(event.path)
            return
        file = self._files[number]
        if event.kind == SYNC:
            _apply(file.safe, file.waiting)
            file.waiting.clear()
        elif event.kind == WRITE:
            file.waiting.append((event.number, event.data))
        elif event.kind == TRUNCATE:
            file.waiting.append((event.number, None))

    def _name(self, path: str, number: int | None) -> None:
        _enter(self._names, path, number)
        self._waiting.append((path, number))

    def _sync_folder(self, folder: str) -> None:
        rest = []
        for path, number in self._waiting:
            if path.rpartition("/")[0] == folder:
                _enter(self._safe_names, path, number)
            else:
                rest.append((path, number))
        self._waiting = rest

    def leave(self, at: Path, chance: random.Random | None) -> None:
        """Write the disk as it is found to an empty directory: without chance, only what was synced."""
        names = dict(self._safe_names)
        if chance is not None:
            for path, number in self._waiting[: chance.randint(0, len(self._waiting))]:
                _enter(names, path, number)
        for path in sorted(names):
            if path == self.root or path.rpartition("/")[0] not in names:
                continue
            place = at / path.removeprefix(f"{self.root}/")
            if names[path] == _FOLDER:
                place.mkdir()
                continue
            file = self._files[names[path]]
            content = file.safe
            if chance is not None and file.waiting:
                content = bytearray(content)
                _apply(content, _torn(file.waiting, chance))
            place.write_bytes(content)


def _enter(names: dict[str, int], path: str, number: int | None) -> None:
    if number is None:
        names.pop(path, None)
    else:
        names[path] = number


def _apply(content: bytearray, changes: list[tuple[int, bytes | None]]) -> None:
    for at, data in changes:
        if data is None:
            del content[at:]
            continue
        content.extend(bytes(max(0, at - len(content))))
        content[at : at + len(data)] = data


def _torn(changes: list[tuple[int, bytes | None]], chance: random.Random) -> list[tuple[int, bytes | None]]:
    share = chance.choice((0.1, 0.5, 0.9, 1.0))
    left: list[tuple[int, bytes | None]] = []
    for at, data in changes:
        if data is None:
            if chance.random() < share:
                left.append((at, None))
            continue
        left += [
            (at + begin, data[begin : begin + _SECTOR])
            for begin in range(0, len(data), _SECTOR)
            if chance.random() < share
        ]
    return left
