"""The product as processes: sandbox, web, worker; started, waited for, killed. For the demo and the tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self

ROOT = Path(__file__).resolve().parents[1]


class StackError(Exception):
    """A process did not start; the message has the end of what it printed."""


@dataclass
class Program:
    """One process: its name, its arguments after `python -m`, and the address that says it is there."""

    name: str
    arguments: tuple[str, ...]
    answers_at: str | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)


@dataclass
class Stack:
    """Some processes that share an environment; what they print goes to one file each in `logs`."""

    environment: Mapping[str, str]
    logs: Path
    programs: dict[str, Program] = field(default_factory=dict)

    def add(self, name: str, *arguments: str, answers_at: str | None = None) -> None:
        """Name a process; it is not started yet."""
        self.programs[name] = Program(name, arguments, answers_at)

    def run(self, *arguments: str, quiet: bool = True) -> None:
        """Run one command to its end. Raises StackError with what it printed."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", *arguments],
            env=self._environment(),
            cwd=ROOT,
            check=False,
            stdout=subprocess.PIPE if quiet else None,
            stderr=subprocess.STDOUT if quiet else None,
        )
        if done.returncode:
            printed = (done.stdout or b"").decode(errors="replace")[-2000:]
            raise StackError(f"{' '.join(arguments)} ended with {done.returncode}\n{printed}")

    def start(self, *names: str, seconds: float = 60) -> None:
        """Start the named processes (all, without names) and wait until they answer."""
        for name in names or tuple(self.programs):
            program = self.programs[name]
            program.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", *program.arguments],
                env=self._environment(),
                cwd=ROOT,
                stdout=self._log(name),
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            if program.answers_at is not None:
                self._wait(program, seconds)

    def kill(self, name: str) -> None:
        """kill -9 a process and all its children; nothing of it gets a chance to say goodbye."""
        self._signal(self.programs[name], signal.SIGKILL)

    def stop(self) -> None:
        """End every process, the last started first: asked to, then forced."""
        programs = [program for program in reversed(self.programs.values()) if program.process is not None]
        for program in programs:
            self._signal(program, signal.SIGTERM, wait=False)
        for program in programs:
            self._end(program)

    def is_running(self, name: str) -> bool:
        """Tell whether a process is still there."""
        process = self.programs[name].process
        return process is not None and process.poll() is None

    def printed(self, name: str) -> str:
        """Return what a process has printed."""
        path = self.logs / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _environment(self) -> dict[str, str]:
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
        return {**keep, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **self.environment}

    def _log(self, name: str) -> IO[bytes]:
        self.logs.mkdir(parents=True, exist_ok=True)
        return (self.logs / f"{name}.log").open("ab")

    def _wait(self, program: Program, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if not self.is_running(program.name):
                break
            try:
                # The address is one of this machine, made by the caller.
                with urllib.request.urlopen(str(program.answers_at), timeout=2):  # noqa: S310
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        raise StackError(f"{program.name} does not answer\n{self.printed(program.name)[-2000:]}")

    @staticmethod
    def _signal(program: Program, number: signal.Signals, *, wait: bool = True) -> None:
        process = program.process
        if process is None or process.poll() is not None:
            return
        os.killpg(process.pid, number)
        if wait:
            process.wait(timeout=20)

    def _end(self, program: Program) -> None:
        if program.process is None:
            return
        try:
            program.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._signal(program, signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
