"""Typed readers of environment variables that collect every problem before they complain.

A reader answers with a value of its type even when the variable is wrong, so that all problems can be told at
once by `finish`. No value is ever part of a message: a secret pasted into the wrong variable stays unseen.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})


class SettingsError(SystemExit):
    """One or more settings are missing or wrong; the message names each of them."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"OpSystem cannot start. These settings need attention:\n{lines}")


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this very machine."""
    if host in LOOPBACK_NAMES or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Environment:
    """Reads variables of one mapping and remembers what was wrong with them."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.problems: list[str] = []
        self.names: list[str] = []

    def problem(self, name: str, words: str) -> None:
        """Remember that the variable `name` needs attention."""
        self.problems.append(f"{name}: {words}")

    def finish(self) -> None:
        """Raise SettingsError when anything was wrong."""
        if self.problems:
            raise SettingsError(self.problems)

    def text(self, name: str, default: str | None = None) -> str:
        """Read a text; without a default it must be given."""
        self.names.append(name)
        value = self._variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.problem(name, "is missing.")
            return ""
        return default

    def secret(self, name: str, *, at_least: int = 8) -> str:
        """Read a secret from the variable, or from the file that `<name>_FILE` names. It never has a default.

        `at_least` is the least number of characters.
        """
        self.names.append(name)
        file = self._variables.get(f"{name}_FILE", "").strip()
        value = self._variables.get(name, "").strip()
        if file and value:
            self.problem(name, f"is given twice; keep either {name} or {name}_FILE.")
            return ""
        if file:
            value = self._secret_file(f"{name}_FILE", Path(file))
            if not value:
                return ""
        if not value:
            self.problem(name, f"is missing. Give it, or {name}_FILE with the path of a file that holds it.")
        elif len(value) < at_least:
            self.problem(name, f"is too short; it needs {at_least} characters or more.")
        return value

    def _secret_file(self, name: str, file: Path) -> str:
        try:
            value = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            self.problem(name, f"the file cannot be read ({type(error).__name__}).")
            return ""
        if not value:
            self.problem(name, "the file is empty.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Read yes or no."""
        value = self.text(name, "yes" if default else "no").lower()
        if value not in _YES | _NO:
            self.problem(name, "must be yes or no.")
        return value in _YES

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Read a whole number between `least` and `most`."""
        value = self.text(name, str(default))
        if not value.isdecimal() or not least <= int(value) <= most:
            self.problem(name, f"must be a whole number from {least} to {most}.")
            return default
        return int(value)

    def path(self, name: str, default: Path | None = None) -> Path:
        """Read an absolute path."""
        given = self.text(name, None if default is None else "")
        if not given:
            return default or Path()
        path = Path(given)
        if not path.is_absolute():
            self.problem(name, "must be an absolute path.")
        return path

    def paths(self, name: str, *defaults: Path) -> list[Path]:
        """Read absolute paths, separated by colons. Without a default, one must be given."""
        value = self.text(name, "" if defaults else None)
        paths = [Path(part) for part in value.split(":") if part] or list(defaults)
        if value and not all(path.is_absolute() for path in paths):
            self.problem(name, "must be absolute paths, separated by colons.")
            return []
        return paths

    def credential(self, name: str) -> Path | None:
        """Return the file of a systemd credential (systemd.exec, `LoadCredential=`), if there is one."""
        folder = self._variables.get("CREDENTIALS_DIRECTORY", "")
        path = Path(folder, name)
        return path if folder and path.is_file() else None

    def directory(self, name: str) -> Path:
        """Read the path of a directory that exists, belongs to this process and lets nobody else in."""
        path = self.path(name)
        if path == Path() or not path.is_absolute():
            return path
        if not path.is_dir():
            self.problem(name, "this directory does not exist.")
        elif path.stat().st_uid != os.geteuid() or path.stat().st_mode & 0o077:
            self.problem(name, "must belong to the user that runs OpSystem, with mode 0700.")
        return path

    def url(self, name: str, default: str, allowed: Callable[[SplitResult], str]) -> str:
        """Read a base address without a slash at its end. `allowed` answers why not, or nothing."""
        value = self.text(name, default).rstrip("/")
        try:
            parts = urlsplit(value)
            complaint = "" if parts.hostname and parts.port != 0 else "is not an address like https://host."
        except ValueError:
            self.problem(name, "is not an address like https://host.")
            return value
        if not complaint and (parts.query or parts.fragment or parts.username):
            complaint = "must be a plain address: no sign-in, no question mark, no hash."
        complaint = complaint or allowed(parts)
        if complaint:
            self.problem(name, complaint)
        return value
