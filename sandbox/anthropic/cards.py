"""The models the sandbox knows, with the differences between them that a client can feel.

From the types of the SDK and the vendor's model pages, 2026-11. A model that is not here is unknown (404).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.anthropic.errors import ApiError

Lifecycle = Literal["active", "deprecated", "retired"]


@dataclass(frozen=True)
class ModelCard:
    """One model. `released` is 1970-01-01 where the day is not known, as the API does."""

    id: str
    name: str
    line: str
    released: str = "1970-01-01"
    lifecycle: Lifecycle = "active"
    deprecated: str | None = None
    retires: str | None = None
    max_input_tokens: int = 1_000_000
    max_tokens: int = 128_000
    cache_minimum: int = 1_024  # tokens; shorter prefixes are not cached
    thinks: bool = True  # adaptive thinking, on unless the request says otherwise
    silent_steps: bool = False  # what it says between tool calls comes as thinking, not as text
    system_turns: bool = True  # takes role "system" inside `messages`


CARDS = (
    ModelCard(
        "claude-haiku-5-5", "Claude Haiku 5.5 (sandbox)", "haiku", released="2026-10-07", cache_minimum=512
    ),
    ModelCard(
        "claude-sonnet-5-5", "Claude Sonnet 5.5 (sandbox)", "sonnet", released="2026-09-29", silent_steps=True
    ),
    ModelCard("claude-opus-5-5", "Claude Opus 5.5 (sandbox)", "opus", silent_steps=True),
    ModelCard("claude-fable-5-2", "Claude Fable 5.2 (sandbox)", "fable", silent_steps=True),
    ModelCard(
        "claude-haiku-4-5",
        "Claude Haiku 4.5 (sandbox)",
        "haiku",
        released="2025-10-15",
        max_input_tokens=200_000,
        max_tokens=64_000,
        cache_minimum=4_096,
        thinks=False,
        system_turns=False,
    ),
    ModelCard(
        "claude-sonnet-4-5",
        "Claude Sonnet 4.5 (sandbox)",
        "sonnet",
        released="2025-09-29",
        lifecycle="deprecated",
        deprecated="2026-05-30",
        retires="2026-11-30",
        max_input_tokens=200_000,
        max_tokens=64_000,
        thinks=False,
        system_turns=False,
    ),
    ModelCard(
        "claude-sonnet-4-20250514",
        "Claude Sonnet 4 (sandbox)",
        "sonnet",
        released="2025-05-14",
        lifecycle="retired",
        deprecated="2026-01-14",
        retires="2026-06-15",
        max_input_tokens=200_000,
        max_tokens=64_000,
        thinks=False,
        system_turns=False,
    ),
)
_BY_ID = {card.id: card for card in CARDS}


def card_of(model: str) -> ModelCard:
    """The card of a model id; 404 for one that is not in the list."""
    card = _BY_ID.get(model)
    if card is None:
        raise ApiError(404, f"model: {model}")
    return card


def callable_card(model: str) -> ModelCard:
    """The card of a model that answers messages; 404 for an unknown or retired one."""
    card = card_of(model)
    if card.lifecycle == "retired":
        raise ApiError(404, f"model: {model}")
    return card
