"""Requests by hand, for what the SDK would not send, and bodies to change."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.sandbox.anthropic.conftest import KEY, Sandbox

HEADERS = {
    "authorization": f"Bearer {KEY}",
    "anthropic-version": "2026-10-21",
    "content-type": "application/json",
}
LOOK = {"name": "look", "description": "Look", "input_schema": {"type": "object", "properties": {}}}
CALLED = {"type": "tool_use", "id": "toolu_1", "name": "look", "input": {}}
FOUND = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "nothing"}


def body(**changes: Any) -> dict[str, Any]:
    """A small request that is accepted, with changes; a change to None takes the field away."""
    whole: dict[str, Any] = {
        "model": "claude-haiku-5-5",
        "max_tokens": 500,
        "messages": [{"role": "user", "content": "Hello"}],
        **copy.deepcopy(changes),
    }
    return {name: value for name, value in whole.items() if value is not None}


def round_trip(*results: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A conversation with one call, and these blocks as its answer."""
    messages = [
        {"role": "user", "content": "Look"},
        {"role": "assistant", "content": [CALLED]},
        {"role": "user", "content": list(results)},
    ]
    return body(**{"messages": messages, "tools": [LOOK], **changes})


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: httpx2.Headers
    json: Any

    @property
    def kind(self) -> str:
        return str(self.json["error"]["type"])

    @property
    def message(self) -> str:
        return str(self.json["error"]["message"])


def post(
    sandbox: Sandbox, sent: object, path: str = "/v1/messages", headers: dict[str, str] | None = None
) -> Answered:
    """Post a body as it is, bytes or JSON."""
    content = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    answer = sandbox.http.post(f"{sandbox.base_url}{path}", content=content, headers=headers or HEADERS)
    return Answered(answer.status_code, answer.headers, answer.json())
