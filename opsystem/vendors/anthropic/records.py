"""What the Anthropic gateway gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opsystem.vendors.errors import Certainty, GatewayError, Trouble


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, as they are billed. `input_tokens` are those that no cache had a part in."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_5m_tokens: int = 0
    cache_write_1h_tokens: int = 0


@dataclass(frozen=True, slots=True)
class FinalMessage:
    """A whole answer. `blocks` are the exact wire blocks, to be replayed unchanged in the next request.

    Calls of tools are among them only when `stop_reason` is tool_use: any other may be cut short.

    `stop_reason` is end_turn, tool_use, max_tokens, stop_sequence, pause_turn, refusal or
    model_context_window_exceeded, or a newer one; it is never empty.
    """

    blocks: tuple[Mapping[str, Any], ...]
    stop_reason: str
    usage: Usage
    request_id: str
    model: str

    @property
    def text(self) -> str:
        """The words of the answer, without thinking and tool calls."""
        return "".join(str(block["text"]) for block in self.blocks if block["type"] == "text")

    @property
    def tool_calls(self) -> tuple[Mapping[str, Any], ...]:
        """The tool_use blocks (id, name, input)."""
        return tuple(block for block in self.blocks if block["type"] == "tool_use")


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that the key may use."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """What the page may show beside words: `kind` is "thinking", or "tool" with its name and id."""

    kind: str
    name: str = ""
    id: str = ""


class StreamBrokenError(GatewayError):
    """An answer that began and did not end well. Its tool calls must not run, so they are not given.

    `text` is what had arrived, `usage` what is billed as far as known.
    """

    def __init__(
        self,
        trouble: Trouble,
        *,
        retryable: bool,
        vendor_code: str = "",
        text: str = "",
        usage: Usage | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(
            "anthropic",
            trouble,
            certainty=Certainty.UNKNOWN,
            retryable=retryable,
            vendor_code=vendor_code,
            status=200,
        )
        self.text = text
        self.usage = usage or Usage()
        self.request_id = request_id
