"""The gateway to Claude: a whole answer, or a clear failure."""

from __future__ import annotations

import json
from typing import Any

import pytest

from opsystem.kit.errors import Invalid
from opsystem.vendors.anthropic import (
    AnthropicConfig,
    FinalMessage,
    StreamEvent,
    Usage,
    list_models,
    stream_message,
)
from opsystem.vendors.anthropic.client import client_for
from tests.vendors.calls import END, START, TEXT, anthropic, events, json_answer, stream
from tests.vendors.ledgers import KeepingLedger
from tests.vendors.servers import Answer, running
from tests.vendors.specs import sample_of

TOOL: tuple[dict[str, object], ...] = (
    {
        "type": "content_block_start",
        "index": 0,
        "content_block": {"type": "tool_use", "id": "toolu_1", "name": "find_slots", "input": {}},
    },
    {"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": ""}},
    {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "input_json_delta", "partial_json": '{"day": "2026'},
    },
    {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "input_json_delta", "partial_json": '-11-24"}'},
    },
    {"type": "content_block_stop", "index": 0},
)
TOOL_END: tuple[dict[str, object], ...] = (
    {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 9}},
    {"type": "message_stop"},
)


def ask(url: str, ledger: KeepingLedger, **changes: Any) -> FinalMessage:
    """One question with everything that has to be said."""
    call: dict[str, Any] = {
        "model": "claude-haiku-5-5",
        "system": "You answer for a plumber.",
        "messages": [{"role": "user", "content": "Tuesday?"}],
        "tools": [],
        "max_tokens": 512,
        **changes,
    }
    return stream_message(anthropic(url), **call, ledger=ledger, ref="T-7", initiator="U-2")


def test_an_answer_is_streamed_and_whole(ledger: KeepingLedger) -> None:
    words: list[str] = []
    with running(stream(*events(START, *TEXT, *END))) as server:
        message = ask(server.url, ledger, on_text=words.append)
        body = json.loads(server.received[0].body)
    assert words == ["Tuesday", " works."]
    assert message.text == "Tuesday works."
    assert message.blocks == ({"type": "text", "text": "Tuesday works."},)
    assert (message.stop_reason, message.request_id, message.model) == (
        "end_turn",
        "req_1",
        "claude-haiku-5-5",
    )
    assert message.usage == Usage(input_tokens=12, output_tokens=5, cache_read_tokens=300)
    assert body == {
        "model": "claude-haiku-5-5",
        "system": "You answer for a plumber.",
        "messages": [{"role": "user", "content": "Tuesday?"}],
        "max_tokens": 512,
        "stream": True,
    }


def test_a_tool_call_is_whole_and_announced(ledger: KeepingLedger) -> None:
    seen: list[StreamEvent] = []
    with running(stream(*events(START, *TOOL, *TOOL_END))) as server:
        message = ask(server.url, ledger, on_event=seen.append)
    assert seen == [StreamEvent("tool", "find_slots", "toolu_1")]
    assert message.stop_reason == "tool_use"
    assert message.tool_calls == (
        {"type": "tool_use", "id": "toolu_1", "name": "find_slots", "input": {"day": "2026-11-24"}},
    )


def test_thinking_is_kept_with_its_signature(ledger: KeepingLedger) -> None:
    sample = sample_of("anthropic", "stream.thinking")
    seen: list[StreamEvent] = []
    with running(stream(sample["raw"].encode())) as server:
        message = ask(server.url, ledger, on_event=seen.append)
    assert seen == [StreamEvent("thinking")]
    thinking = {"type": "thinking", "thinking": "They want Tuesday.", "signature": "EqQBCgIYAhIM"}
    assert message.blocks[0] == thinking
    assert message.text == "Tuesday at nine works."


def test_an_unknown_kind_of_block_and_event_is_kept_and_survived(ledger: KeepingLedger) -> None:
    strange = {"type": "hologram", "beam": {"nm": 650}}
    with running(
        stream(
            *events(
                START,
                {"type": "weather", "sky": "blue"},
                {"type": "content_block_start", "index": 0, "content_block": strange},
                {"type": "content_block_stop", "index": 0},
                {"type": "ping"},
                *END,
            )
        )
    ) as server:
        message = ask(server.url, ledger)
    assert message.blocks == (strange,)
    assert (message.text, message.tool_calls) == ("", ())


def test_blocks_can_be_given_back_as_they_came(ledger: KeepingLedger) -> None:
    with running(stream(*events(START, *TOOL, *TOOL_END)), stream(*events(START, *TEXT, *END))) as server:
        first = ask(server.url, ledger)
        history = [
            {"role": "user", "content": "Tuesday?"},
            {"role": "assistant", "content": [dict(block) for block in first.blocks]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "[]"}]},
        ]
        ask(server.url, ledger, messages=history)
        assert json.loads(server.received[1].body)["messages"] == history


@pytest.mark.parametrize(
    "reason", ["max_tokens", "pause_turn", "refusal", "model_context_window_exceeded", "new_one"]
)
def test_every_reason_to_stop_is_handed_on(reason: str, ledger: KeepingLedger) -> None:
    end = {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 1}}
    with running(stream(*events(START, end, {"type": "message_stop"}))) as server:
        message = ask(server.url, ledger)
    assert (message.stop_reason, message.blocks) == (reason, ())


def test_cache_writes_are_told_by_their_life(ledger: KeepingLedger) -> None:
    usage = {
        "input_tokens": 3,
        "output_tokens": 1,
        "cache_creation_input_tokens": 70,
        "cache_read_input_tokens": 0,
        "cache_creation": {"ephemeral_5m_input_tokens": 50, "ephemeral_1h_input_tokens": 20},
    }
    start = {"type": "message_start", "message": {**START["message"], "usage": usage}}  # type: ignore[dict-item]
    with running(stream(*events(start, *END))) as server:
        message = ask(server.url, ledger)
    assert message.usage == Usage(3, 5, 0, 50, 20)


def test_what_a_callback_raises_comes_through_and_ends_the_stream(ledger: KeepingLedger) -> None:
    class StoppedByPersonError(ValueError):
        pass

    def stop(words: str) -> None:
        raise StoppedByPersonError(words)

    with running(stream(*events(START, *TEXT, *END), behaviour="silent")) as server:
        with pytest.raises(StoppedByPersonError, match="Tuesday"):
            ask(server.url, ledger, on_text=stop)
        assert len(server.received) == 1


def test_models_are_listed(ledger: KeepingLedger) -> None:
    model = {
        "type": "model",
        "id": "claude-haiku-5-5",
        "display_name": "Claude Haiku 5.5",
        "created_at": "2026-10-01T00:00:00Z",
    }
    answer = {"data": [model], "has_more": False, "first_id": model["id"], "last_id": model["id"]}
    with running(json_answer(answer)) as server:
        (found,) = list_models(anthropic(server.url), ledger=ledger, ref="B-7", initiator="U-1")
    assert (found.id, found.name) == ("claude-haiku-5-5", "Claude Haiku 5.5")


@pytest.mark.parametrize("key", ["", " ", "\n"])
def test_an_empty_key_is_refused(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-of-the-operator")
    with pytest.raises(Invalid):
        AnthropicConfig(key)


def test_a_config_shows_a_fingerprint_and_not_its_key() -> None:
    config = AnthropicConfig("sk-ant-secret")
    assert "secret" not in repr(config)
    assert len(config.fingerprint) == 16
    assert config.fingerprint != AnthropicConfig("sk-ant-other").fingerprint


def test_one_client_serves_one_key_and_no_other(ledger: KeepingLedger) -> None:
    with running(stream(*events(START, *TEXT, *END))) as server:
        first, second = (
            AnthropicConfig(key, server.url, allow_loopback=True) for key in ("sk-ant-a", "sk-ant-b")
        )
        assert client_for(first) is client_for(AnthropicConfig("sk-ant-a", server.url, allow_loopback=True))
        assert client_for(first) is not client_for(second)
        for config in (first, second, first):
            stream_message(
                config,
                model="claude-haiku-5-5",
                system="",
                messages=[{"role": "user", "content": "Hello"}],
                tools=[],
                max_tokens=16,
                ledger=ledger,
                ref="T-1",
                initiator="U-2",
            )
        keys = [request.headers["authorization"] for request in server.received]
    assert keys == ["Bearer sk-ant-a", "Bearer sk-ant-b", "Bearer sk-ant-a"]


def test_nothing_of_the_environment_reaches_a_call(
    ledger: KeepingLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Answer(500)) as elsewhere, running(stream(*events(START, *TEXT, *END))) as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-of-the-operator")
        monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-of-the-operator")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", elsewhere.url)
        monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", "X-Secret: 1\nAuthorization: Bearer of-the-operator")
        monkeypatch.setenv("ANTHROPIC_PROFILE", "operator")
        monkeypatch.setenv("ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE", "content")
        ask(server.url, ledger)
        (request,) = server.received
        assert elsewhere.received == []
    assert "operator" not in str(request.headers)
    assert "x-secret" not in request.headers
    assert "traceparent" not in request.headers
