"""Identifiers of the vendor's shape: unique for ever, as a product may keep them."""

from __future__ import annotations

import secrets
import string

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str) -> str:
    """A fresh identifier, for instance `msg_01` and 22 letters and digits."""
    return f"{prefix}_01{''.join(secrets.choice(_ALPHABET) for _ in range(22))}"


class RequestIds:
    """Gives every request an id and writes it into the response's headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with `state.request_id` set."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = new_id("req")
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"request-id", request_id.encode()),
                    (b"anthropic-organization-id", b"org_sandbox"),
                ]
            await send(message)

        await self.app(scope, receive, send_with_id)
