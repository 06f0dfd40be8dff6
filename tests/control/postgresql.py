"""A real PostgreSQL for tests, where this machine has one: made in a directory, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.testing import free_port

_PLACES = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


def programs() -> Path | None:
    """Return where PostgreSQL's programs are, or None."""
    found = shutil.which("initdb", path=os.pathsep.join([*map(str, _PLACES), os.environ.get("PATH", "")]))
    return Path(found).parent if found else None


def _user() -> str | None:
    """PostgreSQL does not run as root; then it runs as the user its package made."""
    if os.geteuid() != 0:
        return None
    return next((entry.pw_name for entry in pwd.getpwall() if entry.pw_name == "postgres"), None)


@contextmanager
def server(binaries: Path, directory: Path) -> Iterator[str]:
    """Run a server on a loopback port; yields the address of its database `postgres`."""
    user, port = _user(), free_port()
    if user:
        shutil.chown(directory, user)
        directory.chmod(0o700)
    data = directory / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(binaries / program), *arguments], check=True, capture_output=True, user=user, cwd=directory
        )

    run("initdb", "--pgdata", str(data), "--username", "tests", "--auth", "trust", "--no-sync")
    options = f"-p {port} -h 127.0.0.1 -k {directory} -c fsync=off"
    run("pg_ctl", "--pgdata", str(data), "--wait", "--log", str(directory / "log"), "-o", options, "start")
    try:
        yield f"postgresql://tests@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "--pgdata", str(data), "--mode", "immediate", "stop")
