"""The site as it is served, with one signed-in person: every request goes over a real connection."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from demo.installation import environment
from ops.stack import ROOT, Stack

COMMAND = "opsystem.config.command_line"
_EMAIL = "alice@bench.example"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_NOBODY = 9


class Visitor:
    """A browser's connection that is kept open, with its one cookie."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self._port = port
        self._cookie = ""

    def get(self, path: str, **headers: str) -> bytes:
        """Return the body of a page, read to its end. Raises RuntimeError for anything but 200."""
        return self._ask("GET", path, headers=headers)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the form, as a person does."""
        token = _TOKEN.search(self.get("/in").decode())
        if token is None:
            raise RuntimeError("the sign-in page has no form")
        form = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
        origin = f"http://localhost:{self._port}"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin}
        self._ask("POST", "/in", body=urlencode(form), headers=headers, wanted=302)

    def _ask(
        self, method: str, path: str, *, headers: dict[str, str], body: str | None = None, wanted: int = 200
    ) -> bytes:
        self._connection.request(method, path, body=body, headers={**headers, "Cookie": self._cookie})
        answer = self._connection.getresponse()
        words = answer.read()
        if answer.status != wanted:
            raise RuntimeError(f"{method} {path} answered {answer.status}")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self._cookie = cookie.partition(";")[0]
        return words


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(folder: Path) -> Iterator[tuple[Visitor, int]]:
    """Serve a new installation whose one business has 10,000 clients; give its owner and its number.

    No vendor is there, and none is asked: nothing of what is measured leaves the machine.
    """
    port, password = _free_port(), secrets.token_urlsafe(16)
    stack = Stack(environment(folder, port=port, sandbox_port=_NOBODY), folder / "logs")
    stack.add(
        "web", COMMAND, "serve", "--port", str(port), answers_at=f"http://localhost:{port}/in"
    )  # fmt: skip
    with stack:
        stack.run(COMMAND, "prepare")
        number = _found(stack, password)
        stack.start()
        visitor = Visitor(port)
        visitor.sign_in(_EMAIL, password)
        yield visitor, number


def _found(stack: Stack, password: str) -> int:
    # Our own program, with a password made for this run.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bench.measuring.founding", _EMAIL, password],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "opsystem.config.settings",
            **stack.environment,
        },
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(done.stdout.split()[-1])
