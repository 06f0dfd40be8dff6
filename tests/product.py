"""The whole product running: sandbox, site and worker as processes of their own, spoken to over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import requests

from ops.stack import ROOT, Stack
from sandbox.testing import free_port
from tests.environment import prepare

T = TypeVar("T")
COMMAND = "opsystem.config.command_line"
PASSWORD = "a long phrase for tests 42"


def until(look: Callable[[], T], *, seconds: float = 40, what: str = "") -> T:
    """Look again and again until there is something; fail with `what` when there never is."""
    ends = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > ends:
            raise AssertionError(f"waited {seconds} s in vain: {what or look}")
        time.sleep(0.1)


@dataclass
class Product:
    """A running installation in a folder of its own."""

    folder: Path
    options: tuple[str, ...] = ()
    changes: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    sandbox_port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.url = f"http://localhost:{self.port}"
        self.sandbox_url = f"http://127.0.0.1:{self.sandbox_port}"
        patience = {
            "OPSYSTEM_LEASE_SECONDS": "3",
            "OPSYSTEM_CLAIM_SECONDS": "2",
            "OPSYSTEM_ASK_SECONDS": "1",
            "OPSYSTEM_API_CALLS_PER_MINUTE": "1000000",
        }
        (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
        patience["TMPDIR"] = str(self.folder / "tmp")
        environment = prepare(
            self.folder, base_url=self.url, sandbox_url=self.sandbox_url, **{**patience, **self.changes}
        )
        self.stack = Stack(environment, self.folder / "logs")
        self.stack.add(
            "sandbox", "sandbox", "--port", str(self.sandbox_port), "--state", str(self.folder / "sandbox"),
            "--deliver-to", self.url, "--pace", "0.05", "--retry-pace", "0.02", *self.options,
            answers_at=f"{self.sandbox_url}/",
        )  # fmt: skip
        self.stack.add("web", COMMAND, "serve", "--port", str(self.port), answers_at=f"{self.url}/in")
        self.stack.add("worker", COMMAND, "work")

    def start(self) -> None:
        """Prepare the installation and start everything."""
        self.stack.run(COMMAND, "prepare")
        self.stack.start()

    def seed(self, *words: str) -> Any:
        """Run `tests.seed` in the installation's own environment; return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.seed", *words],
            env={**os.environ, **self.stack.environment, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def sandbox(self, path: str, **body: Any) -> Any:
        """Ask the sandbox, or with a body tell it something."""
        address = f"{self.sandbox_url}{path}"
        answer = requests.post(address, json=body, timeout=20) if body else requests.get(address, timeout=20)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def texts(self, to: str) -> list[dict[str, Any]]:
        """Return the texts that the sandbox's Twilio has taken for a number."""
        return [one for one in self.sandbox("/_state/twilio/messages") if one["to"] == to]


@dataclass
class Client:
    """Somebody's API client for one business."""

    product: Product
    number: int
    token: str

    def post(self, name: str, /, *, key: str = "", **given: Any) -> requests.Response:
        """Call an operation or query; return the whole answer."""
        headers = {"Authorization": f"Bearer {self.token}", **({"Idempotency-Key": key} if key else {})}
        address = f"{self.product.url}/api/v1/b/{self.number}/{name}"
        return requests.post(address, json=given, headers=headers, timeout=60)

    def call(self, name: str, /, *, key: str = "", **given: Any) -> Any:
        """Call an operation or query; return its value."""
        answer = self.post(name, key=key, **given)
        assert answer.status_code == 200, f"{name}: {answer.status_code} {answer.text[:500]}"
        return answer.json()["value"]

    def upload(self, name: str, body: bytes, /, **belongs: str) -> Any:
        """Send one file."""
        answer = requests.post(
            f"{self.product.url}/api/v1/b/{self.number}/files",
            files={"file": (name, body)},
            data=belongs,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=60,
        )
        assert answer.status_code == 201, answer.text
        return answer.json()["value"]
