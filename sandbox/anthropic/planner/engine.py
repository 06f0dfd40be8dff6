"""Runs a rule against the conversation: replays what was done, and says what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.anthropic.planner.format_answer import answer_in_format
from sandbox.anthropic.planner.steps import Answer, Result, Step
from sandbox.anthropic.planner.turn import SANDBOX_LINE, Exchange, Turn, read_turn
from sandbox.anthropic.reply import Block, Called, Reply, Said
from sandbox.anthropic.request.body import Body
from sandbox.anthropic.rules.book import plan_for


@dataclass(frozen=True)
class Fitted:
    """A planned call with the input the tool's schema allows."""

    name: str
    input: dict[str, Any]


def plan_reply(body: Body) -> Reply:
    """What the rules answer to this request."""
    if body.output_config is not None and body.output_config.format is not None:
        return Reply((Said(answer_in_format(body.output_config.format.schema_)),))
    turn = read_turn(body)
    plan = plan_for(turn)
    left = list(turn.done)
    try:
        step = next(plan)
        while True:
            calls = _fit(step, turn)
            results = _take(calls, left)
            if results is None:
                return _asking(step, calls)
            step = plan.send(results)
    except StopIteration as end:
        return _saying(str(end.value), turn)
    except Answer as end:
        return _saying(str(end), turn)


def _fit(step: Step, turn: Turn) -> list[Fitted]:
    """The step's calls as the offered tools take them; a tool that was not offered ends the plan."""
    missing = sorted({call.tool for call in step.calls} - turn.tools.keys())
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        raise Answer(
            f"I cannot do that here: it needs {names}, which is not among the tools I was given. "
            "That usually means your role does not include it."
        )
    return [Fitted(call.tool, turn.tools[call.tool].fit(call.arguments)) for call in step.calls]


def _take(calls: Sequence[Fitted], left: list[Exchange]) -> list[Result] | None:
    """The results of these calls, taken out of what was done; None where they were not made yet.

    The very same calls are looked for first. Else calls of the same tools do, if they worked: a client may
    have changed an input after a person edited it.
    """
    for strict in (True, False):
        for index, exchange in enumerate(left):
            results = _results(calls, exchange, strict=strict)
            if results is not None:
                del left[: index + 1]
                return results
    return None


def _results(calls: Sequence[Fitted], exchange: Exchange, *, strict: bool) -> list[Result] | None:
    unused = list(zip(exchange.calls, exchange.results, strict=True))
    found: list[Result] = []
    for call in calls:
        for pair in unused:
            made, result = pair
            if made.name == call.name and (made.input == call.input or (not strict and not result.is_error)):
                found.append(result)
                unused.remove(pair)
                break
        else:
            return None
    return found


def _asking(step: Step, calls: Sequence[Fitted]) -> Reply:
    blocks: list[Block] = [Said(step.text)] if step.text else []
    blocks.extend(Called(call.name, call.input) for call in calls)
    return Reply(tuple(blocks), stop_reason="tool_use")


def _saying(text: str, turn: Turn) -> Reply:
    """The answer; the first of a conversation says who is answering."""
    return Reply((Said(text if turn.introduced else f"{text}\n\n{SANDBOX_LINE}"),))
