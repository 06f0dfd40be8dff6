"""The gateway to Claude: one streamed answer at a time, over the plain Messages API."""

from opsystem.vendors.accounts import AnthropicConfig
from opsystem.vendors.anthropic.messages import stream_message
from opsystem.vendors.anthropic.models import list_models
from opsystem.vendors.anthropic.records import (
    FinalMessage,
    ModelInfo,
    StreamBrokenError,
    StreamEvent,
    Usage,
)

__all__ = [
    "AnthropicConfig",
    "FinalMessage",
    "ModelInfo",
    "StreamBrokenError",
    "StreamEvent",
    "Usage",
    "list_models",
    "stream_message",
]
