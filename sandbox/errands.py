"""What the vendors do by themselves after they have answered: move messages on, and call the product.

Both stand as rows in the state file until they are done, so a killed sandbox goes on where it was. A call
that was on its way when the process died is made again: vendors call at least once.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx2

from sandbox.store import Row, Store

_CALLS_AT_ONCE = 20
_ANSWER_SECONDS = 15.0  # what Twilio waits for; Mailgun does not say


@dataclass(frozen=True)
class Outgoing:
    """A call as it goes over the wire."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


class Caller(Protocol):
    """How one vendor calls and whether it tries again."""

    def outgoing(self, callback: Row) -> Outgoing:
        """The request for a row of `callbacks`."""

    def answered(self, callback: Row, status: int | None) -> float | None:
        """Seconds until the next attempt after this answer (None: there was none), or None to end it."""


class Errands:
    """Jobs that come due, and calls to the product."""

    def __init__(self, store: Store, ca_file: str | None = None) -> None:
        self._store = store
        self._jobs: dict[str, Callable[[Row, dict[str, Any]], None]] = {}
        self._callers: dict[str, Caller] = {}
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._failure: Exception | None = None
        self._lines = asyncio.Semaphore(_CALLS_AT_ONCE)
        self._wake = asyncio.Event()
        self._tls = ssl.create_default_context(cafile=ca_file)

    def on(self, kind: str, act: Callable[[Row, dict[str, Any]], None]) -> None:
        """Name the function for one kind of job."""
        self._jobs[kind] = act

    def calls_like(self, vendor: str, caller: Caller) -> None:
        """Name the way one vendor calls."""
        self._callers[vendor] = caller

    def later(self, kind: str, subject: str, payload: dict[str, Any], seconds: float) -> None:
        """Have a job done in `seconds`."""
        due = time.time() + seconds
        self._store.add("jobs", due=due, kind=kind, subject=subject, payload=json.dumps(payload))
        self._wake.set()

    def call(
        self, vendor: str, subject: str, about: str, url: str, content: dict[str, Any],
        *, times: int = 1, seconds: float = 0,
    ) -> None:  # fmt: skip
        """Call `url` about a message, `times` times, not before `seconds` have passed."""
        now = time.time()
        for _ in range(times):
            self._store.add(
                "callbacks", due=now + seconds, vendor=vendor, subject=subject, about=about, url=url,
                content=json.dumps(content), created=now,
            )  # fmt: skip
        self._wake.set()

    async def run(self) -> None:
        """Do what comes due, until cancelled."""
        async with httpx2.AsyncClient(timeout=_ANSWER_SECONDS, trust_env=False, verify=self._tls) as client:
            try:
                while self._failure is None:
                    self._wake.clear()
                    self._do_jobs()
                    self._start_calls(client)
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), self._pause())
                raise self._failure
            finally:
                for task in self._busy.values():
                    task.cancel()

    def _pause(self) -> float:
        row = self._store.one(
            "SELECT min(due) AS due FROM (SELECT due FROM jobs UNION ALL SELECT due FROM callbacks"
            " WHERE due IS NOT NULL AND subject NOT IN (SELECT value FROM json_each(?)))",
            json.dumps(list(self._busy)),
        )
        if row is None or row["due"] is None:
            return 60.0
        return min(max(float(row["due"]) - time.time(), 0.0), 60.0)

    def _do_jobs(self) -> None:
        for job in self._store.all("SELECT * FROM jobs WHERE due <= ? ORDER BY due, id", time.time()):
            with self._store.writing():
                self._store.run("DELETE FROM jobs WHERE id = ?", job["id"])
                self._jobs[job["kind"]](job, json.loads(job["payload"]))

    def _start_calls(self, client: httpx2.AsyncClient) -> None:
        due = self._store.all(
            "SELECT DISTINCT subject FROM callbacks WHERE due <= ? AND due IS NOT NULL", time.time()
        )
        for row in due:
            subject = str(row["subject"])
            if subject not in self._busy:
                self._busy[subject] = asyncio.create_task(self._call_about(client, subject))

    async def _call_about(self, client: httpx2.AsyncClient, subject: str) -> None:
        """Make the calls about one message that are due, one after the other."""
        try:
            await self._calls_about(client, subject)
        except Exception as error:  # told by `run`, which ends with it
            self._failure = error
            raise
        finally:
            del self._busy[subject]
            self._wake.set()

    async def _calls_about(self, client: httpx2.AsyncClient, subject: str) -> None:
        while callback := self._store.one(
            "SELECT * FROM callbacks WHERE subject = ? AND due <= ? ORDER BY due, id LIMIT 1",
            subject,
            time.time(),
        ):
            caller = self._callers[callback["vendor"]]
            async with self._lines:
                status, trouble = await _made(client, caller.outgoing(callback))
            with self._store.writing():
                pause = caller.answered(callback, status) if trouble != NOT_HERE else None
                self._store.run(
                    "UPDATE callbacks SET due = ?, attempts = attempts + 1, status = ?, trouble = ?"
                    " WHERE id = ?",
                    None if pause is None else time.time() + pause, status, trouble, callback["id"],
                )  # fmt: skip


NOT_HERE = "not called: the address is not on this machine"
_TROUBLE: dict[type[Exception], str] = {
    httpx2.ConnectError: "nobody listens there",
    httpx2.ReadTimeout: f"no answer within {_ANSWER_SECONDS:.0f} seconds",
    httpx2.RemoteProtocolError: "the connection was closed without an answer",
}


async def _made(client: httpx2.AsyncClient, call: Outgoing) -> tuple[int | None, str | None]:
    if not on_this_machine(call.url):
        return None, NOT_HERE
    try:
        answer = await client.request(call.method, call.url, headers=call.headers, content=call.body)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return None, _TROUBLE.get(type(error), type(error).__name__)
    return answer.status_code, None


def on_this_machine(url: str) -> bool:
    """Whether a URL's host is this machine by its very name; nothing is looked up."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
