"""Answers that go wrong inside: what a model or a stream can do that no HTTP status tells.

Set with `POST /_anthropic/slips` (`[{"kind": "refusal", "count": 1}]`), emptied with `DELETE`. They are
used up one a message, first come first served. Broken connections and error statuses are the business of
`sandbox.faults`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from sandbox.anthropic.errors import ApiError
from sandbox.anthropic.reply import Block, Called, Reply, Said
from sandbox.anthropic.stream import Event


class Slip(StrEnum):
    """What goes wrong in one answer."""

    ERROR_EVENT = "error_event"  # overloaded in the middle of a stream that began well
    ENDS_IN_TEXT = "ends_in_text"  # the stream ends politely in the middle of the words
    ENDS_IN_TOOL = "ends_in_tool"  # the stream ends politely in the middle of a tool's input
    BAD_TOOL_JSON = "bad_tool_json"  # a tool's input is no JSON, the rest is as always
    CUT_TOOL_INPUT = "cut_tool_input"  # a tool's input is JSON, but with its arguments missing
    UNKNOWN_TOOL = "unknown_tool"  # a call of a tool that was not offered
    TWIN_IDS = "twin_ids"  # two calls with one id
    REFUSAL = "refusal"  # status 200, stop reason refusal, no content
    MAX_TOKENS = "max_tokens"  # the words stop half way
    UNKNOWN_STOP = "unknown_stop"  # a stop reason nobody has heard of
    UNKNOWN_EVENT = "unknown_event"  # an event and a delta of a kind nobody has heard of
    SPEND_LIMIT = "spend_limit"  # 429 without retry-after: the month's money is gone


class Order(BaseModel):
    """So many answers are to slip in this way."""

    model_config = ConfigDict(extra="forbid")

    kind: Slip
    count: Annotated[int, Field(ge=1, le=10_000)] = 1


ORDERS: TypeAdapter[list[Order]] = TypeAdapter(list[Order])


class Slips:
    """What is still to go wrong."""

    def __init__(self) -> None:
        self._left: deque[Slip] = deque()

    def add(self, orders: list[Order]) -> None:
        """Append to what is there."""
        for order in orders:
            self._left.extend([order.kind] * order.count)

    def clear(self) -> None:
        """Forget all."""
        self._left.clear()

    def next(self) -> Slip | None:
        """Take the next one, or None."""
        return self._left.popleft() if self._left else None


def check_spending(slip: Slip | None) -> None:
    """Refuse where the order is that the money is gone."""
    if slip is Slip.SPEND_LIMIT:
        raise ApiError(429, "Monthly spend limit reached.", code="enforced_spend_limit_reached")


def slipped(reply: Reply, slip: Slip | None) -> Reply:
    """The answer with its slip, where the slip is in the answer itself."""
    match slip:
        case Slip.REFUSAL:
            details = {"type": "refusal", "category": None, "explanation": None}
            return Reply((), stop_reason="refusal", stop_details=details)
        case Slip.UNKNOWN_STOP:
            return replace(reply, stop_reason="something_new")
        case Slip.MAX_TOKENS:
            return replace(_halved(reply), stop_reason="max_tokens")
        case Slip.BAD_TOOL_JSON:
            blocks = [replace(b, raw='{"oops": nope]') if isinstance(b, Called) else b for b in reply.blocks]
            return replace(reply, blocks=tuple(blocks))
        case Slip.CUT_TOOL_INPUT:
            blocks = [replace(b, input={}) if isinstance(b, Called) else b for b in reply.blocks]
            return replace(reply, blocks=tuple(blocks))
        case Slip.UNKNOWN_TOOL:
            return Reply((Called("no_such_tool", {"anything": 1}),), stop_reason="tool_use")
        case Slip.TWIN_IDS:
            calls = [block for block in reply.blocks if isinstance(block, Called)]
            return replace(reply, blocks=(*reply.blocks, *calls[:1]))
        case _:
            return reply


def _halved(reply: Reply) -> Reply:
    kept: list[Block] = []
    for block in reply.blocks:
        if isinstance(block, Said):
            return replace(reply, blocks=(*kept, Said(block.text[: max(len(block.text) // 2, 1)])))
        if isinstance(block, Called):
            return replace(reply, blocks=(*kept, replace(block, raw=block.json[: len(block.json) // 2])))
        kept.append(block)
    return reply


def slipping(events: Iterator[Event], slip: Slip | None) -> Iterator[Event]:
    """The events of a stream with its slip, where the slip is in the stream."""
    seen = {"text_delta": 0, "input_json_delta": 0}
    for event in events:
        yield event
        delta = event.get("delta", {}).get("type") if event["type"] == "content_block_delta" else None
        if delta in seen:
            seen[delta] += 1
        if slip is Slip.UNKNOWN_EVENT and event["type"] == "message_start":
            yield {"type": "weather_report", "sky": "clear"}
        if slip is Slip.ERROR_EVENT and sum(seen.values()) == 2:
            yield {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
            return
        if slip is Slip.ENDS_IN_TEXT and seen["text_delta"] == 2:
            return
        if slip is Slip.ENDS_IN_TOOL and seen["input_json_delta"] == 2:
            return
