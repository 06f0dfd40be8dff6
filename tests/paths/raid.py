"""Sends names through ways in, and judges every answer and everything that was touched."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.shim import ROOT
from tests.paths.carriers import Visitor, Way
from tests.paths.payloads import CANARY_NAME
from tests.paths.site import Answer
from tests.paths.watching import watched

CANARY = b"zq-these-bytes-are-never-served"
# What would show that a file of the system or of the program was read.
_STOLEN = (CANARY, b"root:x:0:0", b"ROOT_URLCONF = ", b"SQLite format 3", b"PRETTY_NAME=")
_VAULT_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_FAULT = 500


@dataclass
class Findings:
    """What was tried, and everything that should not have happened."""

    calls: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    touched: int = 0


class Raid:
    """A raid on an installation: `home` is its directory."""

    def __init__(self, home: Path, visitor: Visitor) -> None:
        self.home = home
        self.visitor = visitor
        self.findings = Findings()
        # Never in what was asked: an answer that has one of these had it from the server.
        self._places = (*(str(place).encode() for place in (home, ROOT)), b"site-packages")
        for folder in (home, home / "data", home / "data" / "vaults", home / "data" / "static"):
            (folder / CANARY_NAME).write_bytes(CANARY)
        self._before = self._outside()

    def go(self, way: Way, payloads: list[str], *, thorough: bool = False) -> None:
        """Send some names through one way, each in one spelling, the spellings in turn; or in all of them."""
        with watched(self.home) as watch:
            for number, payload in enumerate(payloads):
                turn = number % len(way.sends)
                for send in way.sends if thorough else way.sends[turn : turn + 1]:
                    self._judge(f"{way.carrier} {way.what} {payload[:80]!r}", send(payload))
                    self.findings.calls["sent"] += 1
                self.findings.calls[way.carrier] += 1
                if watch.escapes:
                    self.findings.wrong.append(f"{way.what} {payload[:80]!r}: {watch.escapes[:3]}")
                    watch.escapes.clear()
            self.findings.touched += watch.touched

    def end(self) -> Findings:
        """Look at the disk: outside of vaults nothing may have come up, and inside no strange name."""
        if self._outside() != self._before:
            self.findings.wrong.append("something changed outside of the vaults")
        for path in (self.home / "data" / "vaults").glob("*/**/*"):
            if not _VAULT_NAME.fullmatch(path.name):
                self.findings.wrong.append(f"a vault has a file named {path.name!r}")
        return self.findings

    def _judge(self, what: str, answer: Answer) -> None:
        self.findings.statuses[answer.status] += 1
        if answer.status >= _FAULT:
            self.findings.wrong.append(f"{answer.status}: {what}")
        everything = answer.everything
        self.findings.wrong += [f"{word!r} in {what}" for word in _STOLEN if word in everything]
        self.findings.wrong += [
            f"a path of the server in {what}" for place in self._places if place in everything
        ]
        for name, value in answer.headers:
            if b"\r" in name + value or b"\n" in name + value:
                self.findings.wrong.append(f"a broken header in {what}")

    def _outside(self) -> list[tuple[str, int]]:
        """List everything but vaults, the control plane's own files, and what other processes write."""
        return sorted(
            (str(path), path.stat().st_size)
            for path in self.home.rglob("*")
            if path.is_file()
            and not {"vaults", "sandbox", "tmp"} & set(path.relative_to(self.home).parts)
            and "control.sqlite3" not in path.name
            and path.suffix != ".log"
        )
