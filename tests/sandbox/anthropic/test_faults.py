"""Faults by script, and slips inside an answer, as the SDK feels them."""

from __future__ import annotations

import time
from typing import Any

import anthropic
import httpx2
import pytest

from tests.sandbox.anthropic.conftest import Sandbox
from tests.sandbox.anthropic.office import NOW, SYSTEM, TOOLS
from tests.sandbox.anthropic.talking import MODEL, Conversation, calls_of, text_of
from tests.sandbox.anthropic.wire import body, post

WORDS: Any = [{"role": "user", "content": "help"}]
TOMORROW: Any = [{"role": "user", "content": f"{NOW}What is on tomorrow?"}]
OFFICE: Any = {"system": SYSTEM, "tools": TOOLS, "thinking": {"type": "between_tools"}}


def create(client: anthropic.Anthropic) -> anthropic.types.Message:
    return client.messages.create(model=MODEL, max_tokens=500, messages=WORDS)


def stream(client: anthropic.Anthropic, messages: Any = WORDS, **options: Any) -> anthropic.types.Message:
    with client.messages.stream(model=MODEL, max_tokens=900, messages=messages, **options) as found:
        return found.get_final_message()


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (429, anthropic.RateLimitError, "rate_limit_error"),
        (500, anthropic.InternalServerError, "api_error"),
        (503, anthropic.InternalServerError, "api_error"),
        (504, anthropic.InternalServerError, "timeout_error"),
        (529, anthropic.InternalServerError, "overloaded_error"),
        (402, anthropic.APIStatusError, "billing_error"),
        (403, anthropic.PermissionDeniedError, "permission_error"),
    ],
)
def test_a_status_by_script(
    sandbox: Sandbox,
    client: anthropic.Anthropic,
    status: int,
    error: type[anthropic.APIStatusError],
    kind: str,
) -> None:
    sandbox.faults({"kind": "status", "status": status, "operation": "messages.create"})
    with pytest.raises(error) as raised:
        create(client)
    assert (raised.value.status_code, raised.value.type) == (status, kind)
    assert raised.value.request_id is not None
    assert create(client).stop_reason == "end_turn"  # once, and then it is well again


def test_a_rate_limit_says_how_long_to_wait(sandbox: Sandbox) -> None:
    sandbox.faults({"kind": "status", "status": 429, "retry_after": 12})
    answer = post(sandbox, body())
    assert (answer.status, answer.headers["retry-after"]) == (429, "12")
    assert answer.headers["anthropic-ratelimit-requests-remaining"] == "0"


def test_the_month_s_money_is_gone(sandbox: Sandbox) -> None:
    sandbox.slip("spend_limit")
    answer = post(sandbox, body())
    assert (answer.status, answer.kind) == (429, "rate_limit_error")
    assert answer.json["error"]["details"] == {"error_code": "enforced_spend_limit_reached"}
    assert "retry-after" not in answer.headers


def test_a_late_answer(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.faults({"kind": "delay", "seconds": 0.4})
    began = time.monotonic()
    assert create(client).stop_reason == "end_turn"
    assert time.monotonic() - began >= 0.4


@pytest.mark.parametrize("kind", ["refuse", "lost_answer"])
def test_a_connection_that_breaks_before_the_answer(
    sandbox: Sandbox, client: anthropic.Anthropic, kind: str
) -> None:
    sandbox.faults({"kind": kind})
    with pytest.raises(anthropic.APIConnectionError):
        create(client)


def test_a_stream_whose_connection_breaks(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.faults({"kind": "cut_stream", "after_events": 6})
    with pytest.raises((anthropic.APIConnectionError, httpx2.HTTPError)):
        stream(client)


def test_counting_has_faults_of_its_own(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.faults({"kind": "status", "status": 529, "operation": "messages.count_tokens"})
    assert create(client).stop_reason == "end_turn"
    with pytest.raises(anthropic.InternalServerError):
        client.messages.count_tokens(model=MODEL, messages=WORDS)
    assert client.messages.count_tokens(model=MODEL, messages=WORDS).input_tokens > 0


def test_an_error_in_the_middle_of_a_stream(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("error_event")
    with pytest.raises(anthropic.APIStatusError) as raised:
        stream(client)
    assert (raised.value.status_code, raised.value.type) == (200, "overloaded_error")


def test_a_stream_that_ends_politely_in_the_words(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("ends_in_text")
    message = stream(client)
    assert message.stop_reason is None
    assert text_of(message)


def test_a_stream_that_ends_politely_in_a_tools_input(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("ends_in_tool")
    message = stream(client, TOMORROW, **OFFICE)
    assert message.stop_reason is None
    assert len(calls_of(message)) == 1


def test_a_tools_input_that_is_no_json(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("bad_tool_json")
    with pytest.raises(ValueError, match="Unable to parse tool parameter JSON"):
        stream(client, TOMORROW, **OFFICE)


def test_a_refusal(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("refusal", 2)
    whole, streamed = create(client), stream(client)
    for message in (whole, streamed):
        assert (message.content, message.stop_reason) == ([], "refusal")
        assert message.stop_details is not None


def test_words_that_stop_half_way(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("max_tokens")
    message = create(client)
    assert message.stop_reason == "max_tokens"
    assert len(text_of(message)) < len(text_of(create(client)))


def test_a_stop_reason_and_events_nobody_has_heard_of(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("unknown_stop")
    assert str(create(client).stop_reason) == "something_new"
    sandbox.slip("unknown_event")
    with client.messages.stream(model=MODEL, max_tokens=500, messages=WORDS) as found:
        kinds = [str(event.type) for event in found]
    assert "message_stop" in kinds


def test_a_call_of_an_unknown_tool_and_twins(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("unknown_tool")
    assert [called.name for called in calls_of(create(client))] == ["no_such_tool"]
    sandbox.slip("twin_ids")
    twins = calls_of(stream(client, TOMORROW, **OFFICE))
    assert len(twins) == 2
    assert twins[0].id == twins[1].id


def test_a_call_without_its_arguments_is_repaired(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    """The client answers such a call with an error; the model then makes it again, whole."""
    conversation = Conversation(client, messages=list(TOMORROW))
    sandbox.slip("cut_tool_input")
    cut = conversation.step()
    assert calls_of(cut)[0].input == {}
    conversation.messages.append(
        {
            "role": "user",
            "content": [
                {
                    "type": "tool_result",
                    "tool_use_id": calls_of(cut)[0].id,
                    "content": '{"message": "Give since and until."}',
                    "is_error": True,
                }
            ],
        }
    )
    again = conversation.step()
    assert calls_of(again)[0].input == {"since": "2026-11-24", "until": "2026-11-24"}


def test_slips_can_be_taken_back_and_are_checked(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    sandbox.slip("refusal", 50)
    sandbox.reset()
    assert create(client).stop_reason == "end_turn"
    for sent in ([{"kind": "earthquake"}], {"kind": "refusal"}, [{"kind": "refusal", "count": 0}]):
        assert post(sandbox, sent, "/_anthropic/slips").status == 400
    assert post(sandbox, {"mode": "wild"}, "/_anthropic/mode").status == 400
