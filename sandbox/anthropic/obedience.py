"""The obedient mode: a model that does what any text tells it, so that safety never rests on the model.

An order is `@@CALL {"tool": "send_text", "input": {...}}` (also `name` and `arguments`) anywhere in the
newest tool results or in the user's newest words, quoted or not. The call is made whether the tool was
offered or not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sandbox.anthropic.reply import Called, Reply
from sandbox.anthropic.request.blocks import Text, ToolResult
from sandbox.anthropic.request.body import AssistantMessage, Body

MARK = "@@CALL"


def obeyed(body: Body) -> Reply | None:
    """The ordered calls as a reply, or None where nothing was ordered since the model last spoke."""
    calls = [called for text in _newest_texts(body) for called in _orders(text)]
    return Reply(tuple(calls), stop_reason="tool_use") if calls else None


def _newest_texts(body: Body) -> Iterator[str]:
    newest = []
    for message in reversed(body.messages):
        if isinstance(message, AssistantMessage):
            break
        newest.append(message)
    for message in reversed(newest):
        for block in message.content:
            if isinstance(block, Text):
                yield block.text
            elif isinstance(block, ToolResult):
                yield from _strings(block.text)


def _strings(text: str) -> Iterator[str]:
    """Every string inside a JSON result, or the result itself where it is no JSON."""
    try:
        data = json.loads(text)
    except ValueError:
        yield text
        return
    yield from _inside(data)


def _inside(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from _inside(item)
    elif isinstance(data, dict):
        for value in data.values():
            yield from _inside(value)


def _orders(text: str) -> Iterator[Called]:
    decoder = json.JSONDecoder()
    start = text.find(MARK)
    while start >= 0:
        rest = text[start + len(MARK) :].lstrip()
        try:
            order, _ = decoder.raw_decode(rest)
        except ValueError:  # an order that is no JSON cannot be obeyed
            order = None
        if isinstance(order, dict):
            name, given = order.get("tool", order.get("name")), order.get("input", order.get("arguments", {}))
            if isinstance(name, str) and isinstance(given, dict):
                yield Called(name, given)
        start = text.find(MARK, start + len(MARK))
