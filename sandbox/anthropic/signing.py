"""Signatures of thinking blocks: each is bound to the key, the model and everything said before it.

A client that changes an earlier turn and sends the block back is refused, as by the vendor:
https://platform.claude.com/docs/en/build-with-claude/preserved-thinking
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from sandbox.anthropic.errors import invalid
from sandbox.anthropic.estimate import block_bytes
from sandbox.anthropic.request.blocks import Thinking
from sandbox.anthropic.request.body import CountBody, Message

_SECRET = b"sandbox"  # it proves nothing to anybody but this sandbox


def sign(key: str, body: CountBody, thinking: str) -> str:
    """The signature of a thinking block that answers this request."""
    return _signature(key, body, body.messages, thinking)


def check_signatures(key: str, body: CountBody) -> None:
    """Refuse thinking blocks that are not the sandbox's, or stand after something that was changed."""
    for index, message in enumerate(body.messages):
        for place, block in enumerate(message.content):
            if not isinstance(block, Thinking):
                continue
            if block.signature != _signature(key, body, body.messages[:index], block.thinking):
                raise invalid(
                    f"messages.{index}.content.{place}: Invalid `signature` in `thinking` block. The block "
                    f"is bound to "
                    "a different conversation. Remove the block."
                )


def _signature(key: str, body: CountBody, before: Sequence[Message], thinking: str) -> str:
    digest = hmac.new(_SECRET, digestmod=hashlib.sha256)
    for part in _parts(key, body, before, thinking):
        digest.update(f"{len(part)}:".encode())
        digest.update(part.encode())
    return base64.b64encode(digest.digest()).decode()


def _parts(key: str, body: CountBody, before: Sequence[Message], thinking: str) -> list[str]:
    tools = [tool.model_dump_json(exclude={"cache_control"}) for tool in body.tools]
    system = [block.text for block in body.system_blocks]
    said: list[str] = []
    speaker = ""
    for message in before:  # neighbours of one role are one turn
        if message.role != speaker:
            said.append(message.role)
            speaker = message.role
        said.extend(block_bytes(block) for block in message.content)
    return [key, body.model, *tools, *system, *said, thinking]
