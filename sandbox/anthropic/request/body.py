"""The request bodies of `/v1/messages` and `/v1/messages/count_tokens`, API version 2026-10-21.

What the version took away (`temperature`, `top_p`, `top_k`) is simply not here, and so refused by name.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from sandbox.anthropic.request.blocks import (
    AssistantBlock,
    CacheControl,
    Strict,
    Text,
    UserBlock,
    as_blocks,
)


class UserMessage(Strict):
    """What the user, or the tools on the user's behalf, said."""

    role: Literal["user"]
    content: Annotated[list[UserBlock], BeforeValidator(as_blocks)]


class AssistantMessage(Strict):
    """What the model said before."""

    role: Literal["assistant"]
    content: Annotated[list[AssistantBlock], BeforeValidator(as_blocks)]


class SystemMessage(Strict):
    """What the operator says in the middle of a conversation."""

    role: Literal["system"]
    content: Annotated[list[Text], BeforeValidator(as_blocks)]


Message = Annotated[UserMessage | AssistantMessage | SystemMessage, Field(discriminator="role")]


class Tool(Strict):
    """A tool that the client runs. The vendor's own server tools are not spoken here."""

    type: Literal["custom"] | None = None
    name: Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,128}$")]
    description: str = ""
    input_schema: dict[str, Any]
    strict: bool = False
    input_examples: list[dict[str, Any]] = Field(default_factory=list)
    defer_loading: bool = False
    allowed_callers: list[str] = Field(default_factory=list)
    eager_input_streaming: bool | None = None
    cache_control: CacheControl | None = None


class ToolChoice(Strict):
    """How free the model is in using tools."""

    type: Literal["auto", "any", "tool", "none"]
    name: str | None = None
    disable_parallel_tool_use: bool = False


class ThinkingChoice(Strict):
    """How the model may think."""

    type: Literal["adaptive", "enabled", "disabled", "between_tools"]
    budget_tokens: int | None = None
    display: Literal["summarized", "omitted"] | None = None


class OutputFormat(Strict):
    """A JSON schema the whole answer must fit."""

    type: Literal["json_schema"]
    schema_: Annotated[dict[str, Any], Field(alias="schema")]


class OutputConfig(Strict):
    """Effort and format of the answer."""

    effort: Literal["low", "medium", "high", "xhigh", "max"] | None = None
    format: OutputFormat | None = None


class Metadata(Strict):
    """An opaque id of the end user."""

    user_id: Annotated[str, Field(max_length=512)] | None = None


def _system_kind(system: object) -> str:
    return "text" if isinstance(system, str) else "blocks"


System = Annotated[
    Annotated[str, Tag("text")] | Annotated[list[Text], Tag("blocks")], Discriminator(_system_kind)
]


class CountBody(Strict):
    """What can be counted."""

    model: str
    messages: list[Message]
    system: System | None = None
    tools: list[Tool] = Field(default_factory=list)
    tool_choice: ToolChoice | None = None
    thinking: ThinkingChoice | None = None
    output_config: OutputConfig | None = None
    cache_control: CacheControl | None = None
    speed: Literal["standard"] | None = None

    @property
    def system_blocks(self) -> list[Text]:
        """The top-level system prompt as blocks."""
        if isinstance(self.system, str):
            return [Text(type="text", text=self.system)]
        return self.system or []


class Body(CountBody):
    """What can be answered."""

    max_tokens: Annotated[int, Field(ge=0)]
    stream: bool = False
    stop_sequences: list[str] = Field(default_factory=list)
    metadata: Metadata | None = None
    service_tier: Literal["auto", "standard_only"] | None = None
    inference_geo: str | None = None
    user_profile_id: str | None = None
    diagnostics: dict[str, Any] | None = None
    container: None = None
