"""Choices that depend on the model: thinking, forced tools, the length of the answer."""

from __future__ import annotations

from sandbox.anthropic.cards import ModelCard
from sandbox.anthropic.errors import invalid
from sandbox.anthropic.request.body import Body, CountBody


def thinking_is_on(body: CountBody, card: ModelCard) -> bool:
    """Whether the model thinks before it answers: the newer ones do unless told `between_tools`."""
    if body.thinking is None:
        return card.thinks
    return body.thinking.type in {"adaptive", "enabled"}


def check_choices(body: CountBody, card: ModelCard) -> None:
    """Refuse what this model does not do."""
    _check_thinking(body, card)
    choice = body.tool_choice
    if choice is not None:
        if (choice.type == "tool") != (choice.name is not None):
            raise invalid("tool_choice.name: required with type 'tool', and only there")
        if choice.type in {"any", "tool"} and thinking_is_on(body, card):
            raise invalid("Thinking may not be enabled when tool_choice forces tool use.")
        if not body.tools and choice.type != "none":
            raise invalid("tool_choice may only be specified while providing tools.")
        if choice.name is not None and choice.name not in {tool.name for tool in body.tools}:
            raise invalid(f"Tool '{choice.name}' not found in provided tools")
    if isinstance(body, Body) and body.max_tokens > card.max_tokens:
        raise invalid(
            f"max_tokens: {body.max_tokens} > {card.max_tokens}, which is the maximum allowed number of "
            f"output "
            f"tokens for {card.id}"
        )


def _check_thinking(body: CountBody, card: ModelCard) -> None:
    thinking = body.thinking
    if thinking is None:
        return
    if card.thinks and thinking.type in {"enabled", "disabled"}:
        raise invalid(
            f'"thinking.type.{thinking.type}" is not supported for this model. Use "thinking.type.adaptive" '
            'and "output_config.effort" to control thinking behavior.'
        )
    if not card.thinks and thinking.type in {"adaptive", "between_tools"}:
        raise invalid(f'"thinking.type.{thinking.type}" is not supported on this model.')
    if thinking.type == "enabled" and (thinking.budget_tokens is None or thinking.budget_tokens < 1024):
        raise invalid("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024")
