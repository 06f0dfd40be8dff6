"""Cache breakpoints: where they stand, how many there may be, and the order of their lives.

https://platform.claude.com/docs/en/build-with-claude/prompt-caching
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.anthropic.errors import invalid
from sandbox.anthropic.request.blocks import AnyBlock, CacheControl, RedactedThinking, Thinking, ToolResult
from sandbox.anthropic.request.body import CountBody

MAX_BREAKPOINTS = 4


def check_breakpoints(body: CountBody) -> None:
    """Refuse more than four, an hour after five minutes, and one on empty text."""
    controls = list(_controls(body))
    count = len(controls) + (body.cache_control is not None)
    if count > MAX_BREAKPOINTS:
        raise invalid(
            f"A maximum of {MAX_BREAKPOINTS} blocks with cache_control may be provided. Found {count}."
        )
    lives = [control.ttl for control in controls] + ([body.cache_control.ttl] if body.cache_control else [])
    if "5m" in lives and "1h" in lives[lives.index("5m") :]:
        raise invalid("a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block")


def _controls(body: CountBody) -> Iterator[CacheControl]:
    """The explicit breakpoints in cache order: tools, system, messages."""
    for tool in body.tools:
        if tool.cache_control:
            yield tool.cache_control
    for text in body.system_blocks:
        if text.cache_control:
            yield text.cache_control
    for message in body.messages:
        for block in message.content:
            yield from _block_controls(block)


def _block_controls(block: AnyBlock) -> Iterator[CacheControl]:
    if isinstance(block, Thinking | RedactedThinking):
        return
    if isinstance(block, ToolResult):
        for inner in block.content:
            yield from _block_controls(inner)
    if block.cache_control:
        yield block.cache_control
