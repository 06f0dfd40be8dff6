"""The request log, and the recorder of whole exchanges.

The log is for people: method, path, status, time; never a body, a query or a header. The recorder is for
tests that hold both sides against the vendors' specifications: it keeps the last exchanges in memory, without
the credentials, and only where the sandbox was started for that.
"""

from __future__ import annotations

import base64
import time
from collections import deque
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.store import Store

VENDORS = ("twilio", "mailgun", "anthropic", "stripe")
_KEPT_EXCHANGES = 2000
_KEPT_REQUESTS = 5000


class RequestLog:
    """ASGI middleware around the vendors."""

    def __init__(self, app: ASGIApp, store: Store, exchanges: deque[dict[str, Any]] | None) -> None:
        self._app = app
        self._store = store
        self._exchanges = exchanges

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        vendor = scope["path"].split("/")[1] if scope["type"] == "http" else ""
        if vendor not in VENDORS or scope["path"].startswith(f"/{vendor}/_"):
            await self._app(scope, receive, send)
            return
        heard, said = bytearray(), bytearray()
        answer: dict[str, Any] = {"status": None, "type": ""}

        async def hearing() -> Message:
            message = await receive()
            if self._exchanges is not None:
                heard.extend(message.get("body", b""))
            return message

        async def saying(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer["status"] = message["status"]
                answer["type"] = Headers(raw=message["headers"]).get("content-type", "")
            elif self._exchanges is not None:
                said.extend(message.get("body", b""))
            await send(message)

        scope["sandbox"] = {}
        began, at = time.perf_counter(), time.time()
        try:
            await self._app(scope, hearing, saying)
        finally:
            ms = (time.perf_counter() - began) * 1000
            self._note(scope, vendor, at, answer["status"], ms)
            if self._exchanges is not None:
                self._exchanges.append(_exchange(scope, vendor, bytes(heard), answer, bytes(said)))

    def _note(self, scope: Scope, vendor: str, at: float, status: int | None, ms: float) -> None:
        operation = scope["sandbox"].get("operation") or _operation(scope["path"].removeprefix(f"/{vendor}"))
        with self._store.writing():
            number = self._store.add(
                "requests", at=at, vendor=vendor, operation=operation, method=scope["method"],
                path=scope["path"], status=status, ms=round(ms, 1),
            )  # fmt: skip
            self._store.run("DELETE FROM requests WHERE id <= ?", number - _KEPT_REQUESTS)


def new_recorder() -> deque[dict[str, Any]]:
    """An empty memory of exchanges."""
    return deque(maxlen=_KEPT_EXCHANGES)


def _operation(path: str) -> str:
    """A name for a path that its vendor gave none: "/v1/messages/count_tokens" is "messages.count_tokens"."""
    name = path.strip("/").removeprefix("v1/").replace("/", ".") or "unknown"
    return "messages.create" if name == "messages" else name


def _exchange(scope: Scope, vendor: str, heard: bytes, answer: dict[str, Any], said: bytes) -> dict[str, Any]:
    return {
        "vendor": vendor,
        "method": scope["method"],
        "path": scope["path"].removeprefix(f"/{vendor}"),
        "query": scope["query_string"].decode(),
        "request_type": Headers(scope=scope).get("content-type", ""),
        "request": base64.b64encode(heard).decode(),
        "status": answer["status"],
        "answer_type": answer["type"],
        "answer": base64.b64encode(said).decode(),
    }
