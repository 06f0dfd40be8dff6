"""How many tokens something is: an honest guess, three and a half characters a token.

The real numbers come from the vendor's tokenizer, which nobody has; a client must not rely on these to the
token.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.anthropic.request.blocks import (
    AnyBlock,
    CacheControl,
    Document,
    Image,
    RedactedThinking,
    SearchResult,
    Text,
    Thinking,
    ToolResult,
    ToolUse,
)
from sandbox.anthropic.request.body import CountBody

CHARACTERS_A_TOKEN = 3.5
TOKENS_OF_AN_IMAGE = 1_600
TOKENS_OF_TOOL_USE = 346  # the vendor's own system prompt for tools
TOKENS_OF_A_TURN = 4


def tokens_of(text: str) -> int:
    """Tokens of a text, rounded up."""
    return math.ceil(len(text) / CHARACTERS_A_TOKEN)


@dataclass(frozen=True)
class Piece:
    """One block of the prompt in cache order: its bytes without breakpoints, its size, its breakpoint."""

    content: str
    tokens: int
    control: CacheControl | None = None


def pieces(body: CountBody) -> list[Piece]:
    """The whole prompt: tools, then system, then messages. A top-level `cache_control` marks the last."""
    found = [*_tool_pieces(body), *_system_pieces(body), *_message_pieces(body)]
    if body.cache_control is not None:
        last = found[-1]
        found[-1] = Piece(last.content, last.tokens, body.cache_control)
    return found


def count(body: CountBody) -> int:
    """Input tokens of a request."""
    return sum(piece.tokens for piece in pieces(body))


def _tool_pieces(body: CountBody) -> Iterator[Piece]:
    for index, tool in enumerate(body.tools):
        content = tool.model_dump_json(exclude={"cache_control"})
        said = json.dumps(tool.input_schema, separators=(",", ":")) + tool.name + tool.description
        extra = TOKENS_OF_TOOL_USE if index == 0 else 0
        yield Piece(f"tool:{content}", tokens_of(said) + extra, tool.cache_control)


def _system_pieces(body: CountBody) -> Iterator[Piece]:
    for block in body.system_blocks:
        yield Piece(f"system:{block.text}", tokens_of(block.text), block.cache_control)


def _message_pieces(body: CountBody) -> Iterator[Piece]:
    for message in body.messages:
        for index, block in enumerate(message.content):
            control = None if isinstance(block, Thinking | RedactedThinking) else block.cache_control
            turn = TOKENS_OF_A_TURN if index == 0 else 0
            yield Piece(f"{message.role}:{block_bytes(block)}", _tokens_of_block(block) + turn, control)


def block_bytes(block: AnyBlock) -> str:
    """A block as the cache sees it: everything but its breakpoints."""
    inner = {"__all__": {"cache_control"}} if isinstance(block, ToolResult | SearchResult) else True
    return block.model_dump_json(
        exclude={"cache_control": True, "content": inner} if inner is not True else {"cache_control"}
    )


def _tokens_of_block(block: AnyBlock) -> int:
    match block:
        case Text():
            return tokens_of(block.text)
        case Image():
            return TOKENS_OF_AN_IMAGE
        case Document():
            return tokens_of(block.source.data or "") // 4 + TOKENS_OF_AN_IMAGE
        case SearchResult():
            return sum(tokens_of(passage.text) for passage in block.content) + tokens_of(block.title)
        case ToolResult():
            return sum(_tokens_of_block(inner) for inner in block.content)
        case ToolUse():
            return tokens_of(block.name + json.dumps(block.input))
        case Thinking():
            return tokens_of(block.thinking)
        case RedactedThinking():
            return tokens_of(block.data)
