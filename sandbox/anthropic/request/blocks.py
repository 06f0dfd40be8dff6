"""Content blocks of a request. An unknown field is refused by name, as the vendor does."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Strict(BaseModel):
    """A part of a request that takes no extra field."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class CacheControl(Strict):
    """A cache breakpoint; it lives five minutes or an hour after its last use."""

    type: Literal["ephemeral"]
    ttl: Literal["5m", "1h"] = "5m"


class Citations(Strict):
    """Whether a document or search result may be cited."""

    enabled: bool = False


class Text(Strict):
    """Words."""

    type: Literal["text"]
    text: str
    citations: list[dict[str, Any]] | None = None
    cache_control: CacheControl | None = None


class Source(Strict):
    """Where an image or document comes from; `base64` is the way the product sends it."""

    type: Literal["base64", "url", "file", "text", "content"]
    media_type: str | None = None
    data: str | None = None
    url: str | None = None
    file_id: str | None = None
    content: str | list[dict[str, Any]] | None = None


class Image(Strict):
    """A picture."""

    type: Literal["image"]
    source: Source
    cache_control: CacheControl | None = None


class Document(Strict):
    """A PDF or text; allowed from the user only since version 2026-10-21."""

    type: Literal["document"]
    source: Source
    title: str | None = None
    context: str | None = None
    citations: Citations | None = None
    cache_control: CacheControl | None = None


def as_blocks(content: object) -> object:
    """A plain string is shorthand for one text block."""
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


class SearchResult(Strict):
    """A passage with its source, to be cited."""

    type: Literal["search_result"]
    source: str
    title: str
    content: list[Text]
    citations: Citations | None = None
    cache_control: CacheControl | None = None


Inner = Annotated[Text | Image | Document | SearchResult, Field(discriminator="type")]


class ToolResult(Strict):
    """What a tool said."""

    type: Literal["tool_result"]
    tool_use_id: Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]+$")]
    content: Annotated[list[Inner], BeforeValidator(as_blocks)] = Field(default_factory=list)
    is_error: bool = False
    toolset_name: None = None
    cache_control: CacheControl | None = None

    @property
    def text(self) -> str:
        """All words of the result, passages of search results included."""
        parts: list[str] = []
        for block in self.content:
            if isinstance(block, Text):
                parts.append(block.text)
            elif isinstance(block, SearchResult):
                parts.extend(passage.text for passage in block.content)
        return "\n".join(parts)


class ToolUse(Strict):
    """A call the model made."""

    type: Literal["tool_use"]
    id: Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]+$")]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    input: dict[str, Any]
    caller: dict[str, Any] | None = None
    toolset_name: None = None
    cache_control: CacheControl | None = None


class Thinking(Strict):
    """A thinking block of an earlier answer, sent back as it was."""

    type: Literal["thinking"]
    thinking: str
    signature: str


class RedactedThinking(Strict):
    """A thinking block of which the words were withheld."""

    type: Literal["redacted_thinking"]
    data: str


UserBlock = Annotated[Text | Image | Document | SearchResult | ToolResult, Field(discriminator="type")]
AssistantBlock = Annotated[Text | Thinking | RedactedThinking | ToolUse, Field(discriminator="type")]
AnyBlock = Text | Image | Document | SearchResult | ToolResult | Thinking | RedactedThinking | ToolUse
