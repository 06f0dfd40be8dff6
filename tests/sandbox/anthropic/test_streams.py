"""The stream is the vendor's: its events, order and shapes, in small pieces, equal to the JSON answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anthropic
import pytest

from tests.sandbox.anthropic.conftest import Sandbox
from tests.sandbox.anthropic.office import NOW, SYSTEM, TOOLS
from tests.sandbox.anthropic.talking import MODEL, Conversation, calls_of, text_of
from tests.sandbox.anthropic.wire import HEADERS, body, post
from tests.vendor_specs import FOLDER, Exchange, Specification

SAMPLES = FOLDER / "anthropic" / "samples"
STORY = "text Mrs Alvarez that Bob comes tomorrow between 9 and 10 and ask about the gate code"
OPEN = {"type": "between_tools"}  # no thinking first


def events(sandbox: Sandbox, sent: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of a stream, with a check that each says its name twice."""
    content = json.dumps({**sent, "stream": True}).encode()
    answer = sandbox.http.post(f"{sandbox.base_url}/v1/messages", content=content, headers=HEADERS)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    found = []
    for part in answer.text.removesuffix("\n\n").split("\n\n"):
        name, data = part.split("\n")
        event = json.loads(data.removeprefix("data: "))
        assert name == f"event: {event['type']}"
        found.append(event)
    return found


def asked(words: str, **changes: Any) -> dict[str, Any]:
    return body(
        system=SYSTEM, tools=TOOLS, messages=[{"role": "user", "content": f"{NOW}{words}"}], **changes
    )


def shape(value: Any) -> Any:
    """A value with its texts and numbers replaced by their kinds."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    return type(value).__name__


def sample(name: str) -> dict[str, Any]:
    path = Path(SAMPLES / name)
    if not path.is_file():
        pytest.skip(f"the vendor's sample {name} is not beside this checkout")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def once(found: list[dict[str, Any]]) -> list[Any]:
    """The shapes of events, neighbours that are equal counted once."""
    shapes: list[Any] = []
    for event in found:
        form = {**shape(event), "type": event["type"]}
        if "delta" in event and "type" in event["delta"]:
            form["delta"]["type"] = event["delta"]["type"]
        if not shapes or shapes[-1] != form:
            shapes.append(form)
    return shapes


def test_a_text_streams_as_in_the_sample(sandbox: Sandbox) -> None:
    expected = once(sample("stream.text.json")["events"])
    assert once(events(sandbox, asked("Hello", thinking=OPEN))) == expected


def test_words_and_a_tool_call_stream_as_in_the_sample(sandbox: Sandbox, client: anthropic.Anthropic) -> None:
    expected = once(sample("stream.tool_use.json")["events"])
    conversation = Conversation(client, messages=[{"role": "user", "content": f"{NOW}{STORY}"}])
    for _ in range(2):  # the third answer says a word and makes one call, as the sample does
        conversation.reply(conversation.step(thinking=OPEN))
    sent = body(system=SYSTEM, tools=TOOLS, messages=conversation.messages, thinking=OPEN)
    assert once(events(sandbox, sent)) == expected


def test_a_thought_streams_as_in_the_sample(sandbox: Sandbox) -> None:
    expected = once(sample("stream.thinking.json")["events"])
    shown = asked("What is on tomorrow?", thinking={"type": "adaptive", "display": "summarized"})
    shapes = once(events(sandbox, shown))
    assert shapes[:5] == expected[:5]


def test_a_withheld_thought_has_a_signature_and_no_words(sandbox: Sandbox) -> None:
    found = events(sandbox, asked("What is on tomorrow?"))
    assert found[1]["content_block"] == {"type": "thinking", "thinking": "", "signature": ""}
    assert [event["delta"]["type"] for event in found if event.get("index") == 0 and "delta" in event] == [
        "signature_delta"
    ]


def test_words_and_inputs_come_in_small_pieces(sandbox: Sandbox) -> None:
    help_events = events(sandbox, asked("help"))
    words = [
        event["delta"]["text"] for event in help_events if event.get("delta", {}).get("type") == "text_delta"
    ]
    assert len(words) > 20
    assert max(len(piece.split()) for piece in words) <= 2
    called = events(sandbox, asked("What is on tomorrow?"))
    pieces = [
        e["delta"]["partial_json"] for e in called if e.get("delta", {}).get("type") == "input_json_delta"
    ]
    assert pieces[0] == ""
    assert len(pieces) > 3
    assert json.loads("".join(pieces)) == {"since": "2026-11-24", "until": "2026-11-24"}


def test_json_and_stream_say_the_same(client: anthropic.Anthropic) -> None:
    for words in ("help", "What is on tomorrow?", STORY):
        messages: Any = [{"role": "user", "content": f"{NOW}{words}"}]
        tools: Any = TOOLS
        whole = client.messages.create(model=MODEL, max_tokens=900, messages=messages, tools=tools)
        with client.messages.stream(model=MODEL, max_tokens=900, messages=messages, tools=tools) as stream:
            streamed = stream.get_final_message()
        assert text_of(whole) == text_of(streamed)
        assert [(c.name, c.input) for c in calls_of(whole)] == [(c.name, c.input) for c in calls_of(streamed)]
        assert whole.stop_reason == streamed.stop_reason
        assert whole.usage.output_tokens == streamed.usage.output_tokens


def test_the_same_question_gets_the_same_answer_and_a_new_id(client: anthropic.Anthropic) -> None:
    first, second = Conversation(client), Conversation(client)
    assert first.ask(STORY) == second.ask(STORY)
    assert [(c.name, c.input) for c in first.calls] == [(c.name, c.input) for c in second.calls]
    assert not {called.id for called in first.calls} & {called.id for called in second.calls}


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/v1/messages", asked(STORY)),
        ("/v1/messages", asked(STORY, stream=True)),
        ("/v1/messages", asked("help", stream=True)),
        (
            "/v1/messages",
            asked("What is on tomorrow?", thinking={"type": "adaptive", "display": "summarized"}),
        ),
        ("/v1/messages", body(temperature=1)),
        ("/v1/messages", body(model="claude-none")),
        ("/v1/messages/count_tokens", {"model": MODEL, "messages": [{"role": "user", "content": "Hello"}]}),
    ],
    ids=["call", "streamed call", "streamed words", "thinking", "400", "404", "count"],
)
def test_answers_fit_the_vendors_description(sandbox: Sandbox, path: str, sent: dict[str, Any]) -> None:
    specification = Specification.of("anthropic")
    content = json.dumps(sent).encode()
    answer = sandbox.http.post(f"{sandbox.base_url}{path}", content=content, headers=HEADERS)
    exchange = Exchange(
        "anthropic",
        "POST",
        path,
        "",
        "application/json",
        content,
        answer.status_code,
        answer.headers["content-type"],
        answer.content,
    )
    assert specification.problems(exchange) == []


@pytest.mark.parametrize("path", ["/v1/models", "/v1/models/claude-haiku-5-5", "/v1/models/claude-none"])
def test_models_fit_the_vendors_description(sandbox: Sandbox, path: str) -> None:
    specification = Specification.of("anthropic")
    answer = sandbox.http.get(f"{sandbox.base_url}{path}", headers=HEADERS)
    kind = answer.headers["content-type"]
    exchange = Exchange("anthropic", "GET", path, "", "", b"", answer.status_code, kind, answer.content)
    assert specification.problems(exchange) == []


def test_max_tokens_cuts_words_and_calls(client: anthropic.Anthropic, sandbox: Sandbox) -> None:
    words: Any = [{"role": "user", "content": "help"}]
    cut = client.messages.create(model=MODEL, max_tokens=10, messages=words)
    assert cut.stop_reason == "max_tokens"
    assert cut.usage.output_tokens <= 10
    found = events(sandbox, asked("What is on tomorrow?", max_tokens=8, thinking=OPEN))
    pieces = [
        e["delta"]["partial_json"] for e in found if e.get("delta", {}).get("type") == "input_json_delta"
    ]
    assert 0 < len("".join(pieces)) < 30
    assert found[-2]["delta"]["stop_reason"] == "max_tokens"


def test_max_tokens_zero_warms_the_cache_and_says_nothing(client: anthropic.Anthropic) -> None:
    words: Any = [{"role": "user", "content": "help"}]
    warmed = client.messages.create(model=MODEL, max_tokens=0, messages=words)
    assert (warmed.content, warmed.usage.output_tokens) == ([], 0)


def test_a_stop_sequence_ends_the_words(client: anthropic.Anthropic) -> None:
    words: Any = [{"role": "user", "content": "Thanks"}]
    ended = client.messages.create(model=MODEL, max_tokens=50, messages=words, stop_sequences=["welcome"])
    assert (text_of(ended), ended.stop_reason, ended.stop_sequence) == (
        "You are ",
        "stop_sequence",
        "welcome",
    )


def test_a_demanded_format_gets_empty_json(sandbox: Sandbox) -> None:
    schema = {
        "type": "object",
        "properties": {
            "vendor": {"type": "string"},
            "total": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "kind": {"enum": ["bill", "receipt", "unknown"]},
            "lines": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["vendor", "total", "kind", "lines"],
    }
    sent = body(output_config={"format": {"type": "json_schema", "schema": schema}})
    answer = post(sandbox, sent).json
    assert json.loads(answer["content"][0]["text"]) == {
        "vendor": "",
        "total": None,
        "kind": "unknown",
        "lines": [],
    }


def test_a_thought_that_is_sent_back_unchanged_is_taken(client: anthropic.Anthropic) -> None:
    conversation = Conversation(client)
    conversation.ask(STORY)
    conversation.ask("What is on tomorrow?")
    thoughts = [
        block
        for message in conversation.messages
        if message["role"] == "assistant"
        for block in message["content"]
        if block["type"] == "thinking"
    ]
    assert len(thoughts) == 2


def test_a_thought_after_a_changed_turn_is_refused(client: anthropic.Anthropic) -> None:
    conversation = Conversation(client)
    conversation.ask("What is on tomorrow?")
    changes: list[dict[str, Any]] = [
        {"system": SYSTEM + " Now on holiday."},
        {"tools": TOOLS[:-1]},
        {"messages": [{"role": "user", "content": "What is on today?"}, *conversation.messages[1:]]},
        {"model": "claude-sonnet-5-5"},
    ]
    for change in changes:
        changed = Conversation(client, messages=list(conversation.messages))
        for name, value in change.items():
            setattr(changed, name, value)
        with pytest.raises(anthropic.BadRequestError, match="bound to a different conversation"):
            changed.ask("And today?")
    other = client.with_options(api_key="sk-ant-sandbox-somebody-else")
    with pytest.raises(anthropic.BadRequestError, match="bound to a different conversation"):
        Conversation(other, messages=list(conversation.messages)).ask("And today?")
    # The blocks may be left out, and breakpoints may move.
    bare = [
        {**m, "content": [b for b in m["content"] if b["type"] != "thinking"]}
        if m["role"] == "assistant"
        else m
        for m in conversation.messages
    ]
    assert Conversation(client, messages=bare, system="Another").ask("And today?")


def test_the_larger_models_keep_their_steps_to_themselves(client: anthropic.Anthropic) -> None:
    conversation = Conversation(client, model="claude-sonnet-5-5")
    conversation.ask(STORY)
    steps = [message["content"] for message in conversation.messages if message["role"] == "assistant"]
    assert all(block["type"] in {"thinking", "tool_use"} for step in steps[:-1] for block in step)
    said = Conversation(client)
    said.ask(STORY)
    haiku = [m["content"] for m in said.messages if m["role"] == "assistant"]
    assert any(block["type"] == "text" for step in haiku[:-1] for block in step)
