"""The answer as server-sent events, in the vendor's order and in small pieces.

https://platform.claude.com/docs/en/build-with-claude/streaming
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sandbox.anthropic.cache import InputUsage
from sandbox.anthropic.reply import Block, Called, Reply, Said, Thought, message_of

JSON_PIECE = 14  # characters
WORDS_A_PIECE = re.compile(r"(?:\s*\S+){1,2}\s*\Z|(?:\s*\S+){1,2}")

Event = dict[str, Any]


def events_of(reply: Reply, model: str, prompt: InputUsage) -> Iterator[Event]:
    """The events of one answer, from `message_start` to `message_stop`."""
    message = message_of(reply, model, prompt)
    usage = message["usage"]
    message.pop("stop_details", None)
    opening = {
        **message,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {**usage, "output_tokens": 1},
    }
    opening["usage"].pop("output_tokens_details", None)
    yield {"type": "message_start", "message": opening}
    pinged = False
    for index, block in enumerate(reply.blocks):
        yield {"type": "content_block_start", "index": index, "content_block": _empty(block)}
        if not pinged and not isinstance(block, Thought):
            yield {"type": "ping"}
            pinged = True
        for delta in _deltas(block):
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    ending: dict[str, Any] = {"stop_reason": reply.stop_reason, "stop_sequence": reply.stop_sequence}
    if reply.stop_details is not None:
        ending["stop_details"] = reply.stop_details
    spent = {"output_tokens": usage["output_tokens"]}
    if "output_tokens_details" in usage:
        spent["output_tokens_details"] = usage["output_tokens_details"]
    yield {"type": "message_delta", "delta": ending, "usage": spent}
    yield {"type": "message_stop"}


def encode(event: Event) -> bytes:
    """One event as the bytes of a server-sent event."""
    return f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _empty(block: Block) -> dict[str, Any]:
    match block:
        case Said():
            return {"type": "text", "text": ""}
        case Thought():
            return {"type": "thinking", "thinking": "", "signature": ""}
        case Called():
            return {"type": "tool_use", "id": block.id, "name": block.name, "input": {}}


def _deltas(block: Block) -> Iterator[dict[str, Any]]:
    match block:
        case Said():
            for piece in WORDS_A_PIECE.findall(block.text):
                yield {"type": "text_delta", "text": piece}
        case Thought():
            if block.shown:
                yield {"type": "thinking_delta", "thinking": block.shown}
            yield {"type": "signature_delta", "signature": block.signature}
        case Called():
            text = block.json
            yield {"type": "input_json_delta", "partial_json": ""}
            for start in range(0, len(text), JSON_PIECE):
                yield {"type": "input_json_delta", "partial_json": text[start : start + JSON_PIECE]}
