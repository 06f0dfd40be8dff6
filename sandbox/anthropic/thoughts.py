"""Thinking, as the newer models do it unasked: a signed block before the first call, mostly without words."""

from __future__ import annotations

from dataclasses import replace

from sandbox.anthropic.cards import ModelCard
from sandbox.anthropic.reply import Block, Called, Reply, Said, Thought
from sandbox.anthropic.request.blocks import ToolResult
from sandbox.anthropic.request.body import AssistantMessage, Body, SystemMessage
from sandbox.anthropic.request.choices import thinking_is_on
from sandbox.anthropic.signing import sign


def with_thoughts(reply: Reply, key: str, body: Body, card: ModelCard) -> Reply:
    """The reply with a thought before its calls, where this model thinks and a turn begins."""
    calls = [block for block in reply.blocks if isinstance(block, Called)]
    if not thinking_is_on(body, card) or not calls:
        return reply
    blocks: tuple[Block, ...] = reply.blocks
    words = ""
    if card.silent_steps:
        words = " ".join(block.text for block in blocks if isinstance(block, Said))
        blocks = tuple(block for block in blocks if not isinstance(block, Said))
    if not words and not _turn_begins(body):
        return replace(reply, blocks=blocks)
    words = words or f"I need {', '.join(dict.fromkeys(call.name for call in calls))}."
    shown = words if body.thinking is not None and body.thinking.display == "summarized" else ""
    return replace(reply, blocks=(Thought(shown, sign(key, body, shown)), *blocks))


def _turn_begins(body: Body) -> bool:
    """Whether the last word is the user's and not a tool's."""
    for message in reversed(body.messages):
        if isinstance(message, SystemMessage):
            continue
        if isinstance(message, AssistantMessage):
            return False
        return not any(isinstance(block, ToolResult) for block in message.content)
    return False
