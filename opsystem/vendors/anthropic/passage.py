"""The passage as middleware: it runs once for every attempt, when the body is made and not yet sent."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import anthropic
from anthropic import APIResponse
from anthropic import Middleware as SdkMiddleware

from opsystem.vendors.disclosures import Passage


class DisclosureMiddleware(SdkMiddleware):
    """Checks and records one call; what it raises stops the call."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage

    def handle(self, request: Any, call_next: Any) -> APIResponse[Any]:
        """Write the row, then send."""
        body = request.json or {}
        sent = json.dumps(body, separators=(",", ":"), ensure_ascii=False) if body else ""
        query = urlencode(request.query_params)
        self._passage.admit([*body, *request.query_params], len(sent.encode()) + len(query))
        answer: APIResponse[Any] = call_next(request)
        return answer


def through(client: anthropic.Anthropic, passage: Passage) -> anthropic.Anthropic:
    """Return the client for one call through a passage."""
    return client.with_middleware(DisclosureMiddleware(passage))
