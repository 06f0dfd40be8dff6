"""One answer of Claude, streamed: https://platform.claude.com/docs/en/build-with-claude/streaming.

Only the plain Messages API: no files, batches, server tools or threads, which would keep content there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from opsystem.vendors.accounts import AnthropicConfig
from opsystem.vendors.anthropic.client import client_for
from opsystem.vendors.anthropic.failures import VENDOR
from opsystem.vendors.anthropic.passage import through
from opsystem.vendors.anthropic.reading import Reading
from opsystem.vendors.anthropic.records import FinalMessage, StreamEvent
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.retry import with_retries

STREAM_MESSAGE = Call(
    VENDOR,
    "stream_message",
    "answer with Claude",
    {
        "messages": Category.CONVERSATION,
        "system": Category.CONVERSATION,
        "tools": Category.TECHNICAL,
        "tool_choice": Category.TECHNICAL,
        "model": Category.TECHNICAL,
        "max_tokens": Category.TECHNICAL,
        "stream": Category.TECHNICAL,
        "cache_control": Category.TECHNICAL,
        "inference_geo": Category.TECHNICAL,
        "metadata": Category.TECHNICAL,  # user_id, a keyed hash
        "output_config": Category.TECHNICAL,
        "stop_sequences": Category.TECHNICAL,
        "thinking": Category.TECHNICAL,
    },
)


def stream_message(
    config: AnthropicConfig,
    *,
    model: str,
    system: str | Sequence[Mapping[str, Any]],
    messages: Sequence[Mapping[str, Any]],
    tools: Sequence[Mapping[str, Any]],
    max_tokens: int,
    ledger: Ledger,
    ref: str,
    initiator: str,
    on_text: Callable[[str], None] | None = None,
    on_event: Callable[[StreamEvent], None] | None = None,
    options: Mapping[str, Any] | None = None,
) -> FinalMessage:
    """Ask Claude, give the words to `on_text` as they come, and return the whole answer.

    `options` may hold tool_choice, cache_control, inference_geo, metadata, output_config, stop_sequences and
    thinking. A call that failed before its first word is repeated (3 tries, waits of 20 s at most); after it,
    StreamBrokenError is raised. Whatever a callback raises ends the stream and comes through unchanged.
    Raises GatewayError; a `retry_after` above 20 s means: park the work until then.
    """
    body = {
        "model": model,
        "max_tokens": max_tokens,
        "messages": list(messages),
        **({"system": system} if system else {}),
        **({"tools": list(tools)} if tools else {}),
        **(options or {}),
    }
    client = through(client_for(config), Passage(STREAM_MESSAGE, ledger, ref, initiator))
    reading = Reading(on_text, on_event)
    return with_retries(lambda: reading.read(client, body), may_repeat=lambda: not reading.used)
