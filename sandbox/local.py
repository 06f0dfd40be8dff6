"""The sandbox is for this machine: no other host name, and no page of another site may write to it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_NAMES = {"127.0.0.1", "localhost", "::1"}


class LocalOnly:
    """ASGI middleware: refuses a foreign Host (DNS rebinding) and writes that another site's page sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and not _is_welcome(scope["method"], Headers(scope=scope)):
            refusal = PlainTextResponse("The sandbox answers on this machine only.", 403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_welcome(method: str, headers: Headers) -> bool:
    host = headers.get("host", "")
    if urlsplit(f"//{host}").hostname not in _NAMES:
        return False
    origin = headers.get("origin")
    return method in ("GET", "HEAD") or origin is None or urlsplit(origin).netloc == host
