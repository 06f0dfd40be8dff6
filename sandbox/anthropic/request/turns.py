"""Who may speak after whom, and that every tool call has its one result.

The placement of `system` messages:
https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages#limitations
"""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.anthropic.cards import ModelCard
from sandbox.anthropic.errors import invalid
from sandbox.anthropic.request.blocks import AnyBlock, RedactedThinking, Text, Thinking, ToolResult, ToolUse
from sandbox.anthropic.request.body import AssistantMessage, CountBody, SystemMessage, UserMessage


def check_turns(body: CountBody, card: ModelCard) -> None:
    """Refuse a conversation the vendor would refuse."""
    if not body.messages:
        raise invalid("messages: at least one message is required")
    for text in body.system_blocks:
        _check_text(text, "system")
    for index, message in enumerate(body.messages):
        if not message.content:
            raise invalid(f"messages.{index}: all messages must have non-empty content")
        for place, block in enumerate(message.content):
            _check_block(block, f"messages.{index}.content.{place}", from_user=message.role == "user")
        if isinstance(message, AssistantMessage) and isinstance(
            message.content[-1], Thinking | RedactedThinking
        ):
            raise invalid(f"messages.{index}: the final block in an assistant message cannot be `thinking`")
    _check_system_turns(body, card)
    _check_calls(body)
    last = next(message for message in reversed(body.messages) if not isinstance(message, SystemMessage))
    if isinstance(last, AssistantMessage):
        raise invalid(
            "This model does not support assistant message prefill. The conversation must end with a user "
            "message."
        )


def _check_block(block: AnyBlock, where: str, *, from_user: bool) -> None:
    if isinstance(block, Text):
        _check_text(block, "messages")
        if from_user and block.citations:
            raise invalid(f"{where}.text.citations: citations are not permitted on user text blocks")
    elif isinstance(block, ToolResult):
        for inner in block.content:
            if isinstance(inner, Text):
                _check_text(inner, f"{where}.tool_result")


def _check_text(block: Text, where: str) -> None:
    if not block.text:
        raise invalid(f"{where}: text content blocks must be non-empty")
    if not block.text.strip():
        raise invalid(f"{where}: text content blocks must contain non-whitespace text")


def _check_system_turns(body: CountBody, card: ModelCard) -> None:
    messages = body.messages
    for index, message in enumerate(messages):
        if not isinstance(message, SystemMessage):
            continue
        if not card.system_turns:
            raise invalid(f"messages.{index}: role 'system' is not supported on this model")
        if index == 0:
            raise invalid("messages.0: use the top-level 'system' parameter for the initial system prompt")
        if not isinstance(messages[index - 1], UserMessage):
            raise invalid(
                f"messages.{index}: role 'system' must follow a 'user' message or an 'assistant' message "
                f"ending in a "
                "server tool result"
            )
        if index + 1 < len(messages) and not isinstance(messages[index + 1], AssistantMessage):
            raise invalid(
                f"messages.{index}: role 'system' must be the last message or be followed by an 'assistant' "
                f"message"
            )


def _check_calls(body: CountBody) -> None:
    """Every call is answered at the beginning of the next user turn, once, and nothing else is answered."""
    offered = {tool.name for tool in body.tools}
    seen: set[str] = set()
    waiting: list[str] = []
    for index, message in enumerate(body.messages):
        if isinstance(message, UserMessage):
            _check_results(message.content, waiting, index)
            waiting = []
        elif waiting:
            raise _unanswered(index - 1, waiting)
        if isinstance(message, AssistantMessage):
            for place, block in enumerate(message.content):
                if not isinstance(block, ToolUse):
                    continue
                if block.name not in offered:
                    raise invalid(
                        f"messages.{index}.content.{place}: tool '{block.name}' was called but is not "
                        f"defined in `tools`"
                    )
                if block.id in seen:
                    raise invalid(f"messages.{index}.content.{place}: `tool_use` ids must be unique")
                seen.add(block.id)
                waiting.append(block.id)
    if waiting:
        raise _unanswered(len(body.messages) - 1, waiting)


def _unanswered(index: int, ids: Sequence[str]) -> Exception:
    return invalid(
        f"messages.{index}: `tool_use` ids were found without `tool_result` blocks immediately after: "
        f"{', '.join(ids)}. Each `tool_use` block must have a corresponding `tool_result` block in the next "
        f"message."
    )


def _check_results(content: Sequence[AnyBlock], waiting: Sequence[str], index: int) -> None:
    answered: set[str] = set()
    others_before = False
    for place, block in enumerate(content):
        if not isinstance(block, ToolResult):
            others_before = True
            continue
        where = f"messages.{index}.content.{place}"
        if block.tool_use_id not in waiting:
            raise invalid(
                f"{where}: unexpected `tool_use_id` found in `tool_result` blocks: {block.tool_use_id}. Each "
                "`tool_result` block must have a corresponding `tool_use` block in the previous message."
            )
        if block.tool_use_id in answered:
            raise invalid(
                f"{where}: each tool_use must have a single result. Found multiple `tool_result` blocks with "
                f"id: "
                f"{block.tool_use_id}"
            )
        if others_before:
            raise _unanswered(index - 1, [block.tool_use_id])
        answered.add(block.tool_use_id)
    missing = [name for name in waiting if name not in answered]
    if missing:
        raise _unanswered(index - 1, missing)
