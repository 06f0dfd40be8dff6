"""Whatever is sent, it is answered or refused, never a crash; whatever a tool says, the plan ends."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.anthropic.errors import ApiError
from sandbox.anthropic.planner.engine import plan_reply
from sandbox.anthropic.questions import QUESTIONS
from sandbox.anthropic.reply import Called
from sandbox.anthropic.request.body import Body
from sandbox.anthropic.request.read import read_body
from tests.sandbox.anthropic.office import NOW, SYSTEM, TOOLS
from tests.sandbox.anthropic.wire import CALLED, FOUND, LOOK, body, round_trip

SCALARS = st.none() | st.booleans() | st.integers(-5, 10**6) | st.text(max_size=12)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "model",
        "max_tokens",
        "messages",
        "system",
        "tools",
        "tool_choice",
        "thinking",
        "cache_control",
        "stream",
        "x",
    ]
)
BLOCKS = st.sampled_from(
    [{"type": "text", "text": "x"}, CALLED, FOUND, {"type": "thinking"}, {"type": "image"}]
)
MESSAGES = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(["user", "assistant", "system", "x"]),
            "content": st.lists(BLOCKS, max_size=3) | JSON,
        }
    ),
    max_size=5,
)
REFS = st.builds("{}-{}".format, st.sampled_from("CPJVUMTFSKXNAH"), st.integers(1, 50))
NAMES = st.sampled_from(
    ["ref", "name", "title", "client", "starts_at", "phone", "rows", "total", "status", "body", "id"]
)
RECORDS = st.recursive(
    REFS | SCALARS | st.sampled_from(["2026-11-24T14:00:00Z", "sent", "rejected", "soon"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)


def accepted_or_refused(sent: object) -> None:
    try:
        read_body(Body, json.dumps(sent).encode())
    except ApiError as refusal:
        assert refusal.status in (400, 404)


@given(JSON)
def test_any_json_is_accepted_or_refused(sent: object) -> None:
    accepted_or_refused(sent)


@given(FIELDS, JSON)
def test_any_field_is_accepted_or_refused(name: str, value: object) -> None:
    accepted_or_refused({**body(), name: value})


@given(MESSAGES)
def test_any_conversation_is_accepted_or_refused(messages: list[Any]) -> None:
    accepted_or_refused(body(messages=messages, tools=[LOOK]))
    accepted_or_refused({**round_trip(FOUND), "messages": [*round_trip(FOUND)["messages"], *messages]})


@given(st.text(max_size=120))
def test_any_words_get_an_answer(words: str) -> None:
    sent = body(messages=[{"role": "user", "content": f"{NOW}{words or 'x'}"}], tools=TOOLS, system=SYSTEM)
    reply = plan_reply(Body.model_validate(sent))
    assert reply.blocks


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(QUESTIONS), st.lists(RECORDS, min_size=8, max_size=8), st.booleans())
def test_any_results_lead_to_an_end(question: Any, results: list[object], failing: bool) -> None:
    messages: list[dict[str, Any]] = [{"role": "user", "content": f"{NOW}{question.says}"}]
    for given_back in results:
        sent = body(messages=messages, tools=TOOLS, system=SYSTEM)
        reply = plan_reply(Body.model_validate(sent))
        calls = [block for block in reply.blocks if isinstance(block, Called)]
        if not calls:
            assert reply.stop_reason == "end_turn"
            return
        messages.append({"role": "assistant", "content": [called.wire() for called in calls]})
        content = json.dumps(given_back)
        answers = [
            {"type": "tool_result", "tool_use_id": called.id, "content": content, "is_error": failing}
            for called in calls
        ]
        messages.append({"role": "user", "content": answers})
    raise AssertionError(f"no end after {len(results)} answers: {question.says}")
