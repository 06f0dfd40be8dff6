"""A conversation over the SDK, with the tools' answers given by the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import anthropic
from anthropic.types import Message, TextBlock, ToolUseBlock

from tests.sandbox.anthropic.office import NOW, SYSTEM, TOOLS, answer

MODEL = "claude-haiku-5-5"
MOST_STEPS = 8


def text_of(message: Message) -> str:
    return "".join(block.text for block in message.content if isinstance(block, TextBlock))


def calls_of(message: Message) -> list[ToolUseBlock]:
    return [block for block in message.content if isinstance(block, ToolUseBlock)]


@dataclass
class Conversation:
    """What was said, as it goes over the wire: appended to, never changed."""

    client: anthropic.Anthropic
    tools: list[dict[str, Any]] = field(default_factory=lambda: list(TOOLS))
    answers: dict[str, str] = field(default_factory=dict)
    system: str = SYSTEM
    situation: str = NOW
    model: str = MODEL
    messages: list[Any] = field(default_factory=list)
    calls: list[ToolUseBlock] = field(default_factory=list)  # of the last turn

    def ask(self, words: str) -> str:
        """Say something, answer every call, and return the last words."""
        self.calls = []
        self.messages.append({"role": "user", "content": f"{self.situation}{words}"})
        for _ in range(MOST_STEPS):
            message = self.step()
            if message.stop_reason != "tool_use":
                return text_of(message)
            self.reply(message)
        raise AssertionError("The sandbox did not come to an end.")

    def step(self, **options: Any) -> Message:
        """One answer of the model, kept in the transcript."""
        with self.client.messages.stream(
            model=self.model,
            max_tokens=2000,
            system=self.system,
            messages=self.messages,
            tools=self.tools,  # type: ignore[arg-type]
            **options,
        ) as stream:
            message = stream.get_final_message()
        self.messages.append(
            {
                "role": "assistant",
                "content": [block.model_dump(exclude_unset=True) for block in message.content],
            }
        )
        self.calls.extend(calls_of(message))
        return message

    def reply(self, message: Message, give: Callable[[str], str] = answer) -> None:
        """Answer every call of a message."""
        self.messages.append(
            {
                "role": "user",
                "content": [
                    {
                        "type": "tool_result",
                        "tool_use_id": called.id,
                        "content": self.answers.get(called.name, give(called.name)),
                    }
                    for called in calls_of(message)
                ],
            }
        )
