"""A running sandbox, a client of the vendor's SDK on it, and the tools of an office."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anthropic
import httpx2
import pytest

ROOT = Path(__file__).resolve().parents[3]
KEY = "sk-ant-sandbox-office"


@dataclass(frozen=True)
class Sandbox:
    """Where it runs, and how tests tell it to misbehave."""

    address: str
    http: httpx2.Client

    @property
    def base_url(self) -> str:
        return f"{self.address}/anthropic"

    def send(self, method: str, path: str, body: object = None) -> None:
        content = None if body is None else json.dumps(body).encode()
        self.http.request(method, f"{self.address}{path}", content=content).raise_for_status()

    def faults(self, *script: dict[str, Any]) -> None:
        self.send("POST", "/_faults", [{"vendor": "anthropic", **fault} for fault in script])

    def slip(self, kind: str, count: int = 1) -> None:
        self.send("POST", "/anthropic/_anthropic/slips", [{"kind": kind, "count": count}])

    def mode(self, mode: str) -> None:
        self.send("POST", "/anthropic/_anthropic/mode", {"mode": mode})

    def reset(self) -> None:
        self.send("DELETE", "/_faults")
        self.send("DELETE", "/anthropic/_anthropic/slips")
        self.mode("rules")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def running(http: httpx2.Client) -> Iterator[Sandbox]:
    """The sandbox in a process of its own."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "asgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += [
        "--workers",
        "1",
        "--no-access-log",
        "--log-level",
        "warning",
        "tests.sandbox.anthropic.served:app",
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_for(port)
        yield Sandbox(f"http://127.0.0.1:{port}", http)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("The sandbox did not start within 20 seconds.")


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """The running sandbox, well-behaved again."""
    running.reset()
    return running


@pytest.fixture(scope="session")
def http() -> Iterator[httpx2.Client]:
    """An HTTP client without proxies and redirects."""
    with httpx2.Client(trust_env=False, follow_redirects=False, timeout=10) as client:
        yield client


@pytest.fixture(scope="session")
def sdk(running: Sandbox, http: httpx2.Client) -> anthropic.Anthropic:
    """The vendor's SDK, as the product builds it: no retries."""
    return anthropic.Anthropic(api_key=KEY, base_url=running.base_url, http_client=http, max_retries=0)


@pytest.fixture
def client(sandbox: Sandbox, sdk: anthropic.Anthropic) -> anthropic.Anthropic:
    """The SDK on a sandbox that behaves well."""
    del sandbox
    return sdk
