"""What is answered: blocks, why it stopped, and what it cost."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.anthropic.cache import InputUsage
from sandbox.anthropic.estimate import CHARACTERS_A_TOKEN, tokens_of
from sandbox.anthropic.ids import new_id


@dataclass(frozen=True)
class Said:
    """Words to the user."""

    text: str

    def weight(self) -> str:
        """What counts as output."""
        return self.text

    def wire(self) -> dict[str, Any]:
        """The block as it is sent."""
        return {"type": "text", "text": self.text}


@dataclass(frozen=True)
class Thought:
    """Words to itself; `shown` is empty where the model withholds them."""

    shown: str
    signature: str

    def weight(self) -> str:
        """What counts as output."""
        return self.shown + self.signature

    def wire(self) -> dict[str, Any]:
        """The block as it is sent."""
        return {"type": "thinking", "thinking": self.shown, "signature": self.signature}


@dataclass(frozen=True)
class Called:
    """A tool call. `raw` is the input as JSON text: broken only when a fault or `max_tokens` broke it."""

    name: str
    input: dict[str, Any]
    id: str = field(default_factory=lambda: new_id("toolu"))
    raw: str | None = None

    @property
    def json(self) -> str:
        """The input's JSON text."""
        return self.raw if self.raw is not None else json.dumps(self.input, ensure_ascii=False)

    def weight(self) -> str:
        """What counts as output."""
        return self.name + self.json

    def wire(self) -> dict[str, Any]:
        """The block as it is sent."""
        return {
            "type": "tool_use",
            "id": self.id,
            "name": self.name,
            "input": {} if self.raw is not None else self.input,
        }


Block = Said | Thought | Called


@dataclass(frozen=True)
class Reply:
    """One answer of the model."""

    blocks: tuple[Block, ...]
    stop_reason: str = "end_turn"
    stop_sequence: str | None = None
    stop_details: dict[str, Any] | None = None

    @property
    def output_tokens(self) -> int:
        """Tokens of the whole answer."""
        return sum(tokens_of(block.weight()) for block in self.blocks)

    @property
    def thinking_tokens(self) -> int:
        """The part of the answer that the model kept to itself."""
        return sum(tokens_of(block.weight()) for block in self.blocks if isinstance(block, Thought))

    def cut_at(self, max_tokens: int) -> Reply:
        """The same answer, ended where `max_tokens` is reached."""
        room = int(max_tokens * CHARACTERS_A_TOKEN)
        kept: list[Block] = []
        for block in self.blocks:
            length = len(block.weight())
            if length > room:
                part = _part(block, room)
                return replace(self, blocks=(*kept, *part), stop_reason="max_tokens", stop_sequence=None)
            kept.append(block)
            room -= length
        return self

    def stopped_by(self, sequences: list[str]) -> Reply:
        """The same answer, ended before the first stop sequence in its words."""
        for index, block in enumerate(self.blocks):
            if not isinstance(block, Said):
                continue
            found = sorted((block.text.find(text), text) for text in sequences if text and text in block.text)
            if found:
                kept = (*self.blocks[:index], Said(block.text[: found[0][0]]))
                return replace(self, blocks=kept, stop_reason="stop_sequence", stop_sequence=found[0][1])
        return self


def _part(block: Block, room: int) -> tuple[Block, ...]:
    if room <= 0 or isinstance(block, Thought):
        return ()
    if isinstance(block, Said):
        return (Said(block.text[:room]),)
    return (replace(block, raw=block.json[: max(room - len(block.name), 0)]),)


def usage_of(reply: Reply, prompt: InputUsage) -> dict[str, Any]:
    """The vendor's `usage`."""
    usage: dict[str, Any] = {
        "input_tokens": prompt.plain,
        "output_tokens": reply.output_tokens,
        "cache_creation_input_tokens": prompt.written_5m + prompt.written_1h,
        "cache_read_input_tokens": prompt.read,
        "cache_creation": {
            "ephemeral_5m_input_tokens": prompt.written_5m,
            "ephemeral_1h_input_tokens": prompt.written_1h,
        },
        "server_tool_use": None,
        "service_tier": "standard",
    }
    if reply.thinking_tokens:
        usage["output_tokens_details"] = {"thinking_tokens": reply.thinking_tokens}
    return usage


def message_of(reply: Reply, model: str, prompt: InputUsage) -> dict[str, Any]:
    """The whole message, as sent without streaming."""
    message = {
        "id": new_id("msg"),
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [block.wire() for block in reply.blocks],
        "stop_reason": reply.stop_reason,
        "stop_sequence": reply.stop_sequence,
        "usage": usage_of(reply, prompt),
    }
    if reply.stop_details is not None:
        message["stop_details"] = reply.stop_details
    return message
