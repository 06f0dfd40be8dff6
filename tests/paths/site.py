"""The site's own ASGI application, called in this process: exact bytes go in, exact bytes come out."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Self
from urllib.parse import unquote_to_bytes

LONGEST_SECONDS = 20.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    @property
    def everything(self) -> bytes:
        """Headers and body in one."""
        return b"\n".join([*(name + b": " + value for name, value in self.headers), self.body])

    def header(self, name: bytes) -> bytes:
        """Return a header's value."""
        return next((value for key, value in self.headers if key.lower() == name), b"")


class Site:
    """Answers requests, one after the other, in a loop of its own."""

    def __init__(self) -> None:
        # Now and not before: as it starts, the application looks which static files there are.
        self._application = import_module("opsystem.config.asgi").application
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.slowest = 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def call(self, method: str, target: str, *, body: bytes = b"", **headers: str) -> Answer:
        """Send a request; `target` is the path and query as they stand in the request line."""
        begun = self._loop.time()
        coming = asyncio.run_coroutine_threadsafe(self._call(method, target, headers, body), self._loop)
        answer = coming.result(LONGEST_SECONDS)
        self.slowest = max(self.slowest, self._loop.time() - begun)
        return answer

    async def _call(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
        path, _, query = target.partition("?")
        given = {"host": "localhost", "content-length": str(len(body)), **headers}
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            # A server decodes the path, and puts a mark where it is no UTF-8.
            "path": unquote_to_bytes(path).decode(errors="replace"),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
        }
        sent = [{"type": "http.request", "body": body, "more_body": False}]
        told: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if sent:
                return sent.pop()
            await asyncio.sleep(LONGEST_SECONDS)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            told.append(dict(message))

        await self._application(scope, receive, send)
        start = next(message for message in told if message["type"] == "http.response.start")
        whole = b"".join(message.get("body", b"") for message in told)
        return Answer(start["status"], [(bytes(k), bytes(v)) for k, v in start["headers"]], whole)
