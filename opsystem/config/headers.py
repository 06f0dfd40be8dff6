"""Headers that stand on every answer, errors and event streams included.

A view that needs another policy for one answer (a client's email shown in a sandbox) sets the header itself;
what is set already stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP_REPORTS: Final = "/csp-reports"

# Everything is ours and from our own origin (promises P3.7, P7.1); see MDN, "Content-Security-Policy".
CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
        f"report-uri {CSP_REPORTS}",
    ]
)

_UNUSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
_OWN_FEATURES = ("camera", "fullscreen", "publickey-credentials-create", "publickey-credentials-get")

PERMISSIONS_POLICY: Final = ", ".join(
    [f"{feature}=()" for feature in _UNUSED_FEATURES] + [f"{feature}=(self)" for feature in _OWN_FEATURES]
)

STANDING_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Every answer is private unless a view or the static files say otherwise.
    "Cache-Control": "no-store",
}


class HeadersMiddleware:
    """Puts the standing headers on every answer of Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the standing headers."""
        response = self._get_response(request)
        for name, value in STANDING_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class HeadersAtTheRoot:
    """Puts the standing headers on answers that never pass Django: event streams, failures of the server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on; complete the head of an HTTP answer."""

        async def send_complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in STANDING_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_complete if scope["type"] == "http" else send)
