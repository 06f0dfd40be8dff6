"""What the vendor refuses, the sandbox refuses, in the vendor's words and format."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.anthropic.conftest import KEY, Sandbox
from tests.sandbox.anthropic.wire import CALLED, FOUND, HEADERS, LOOK, body, post, round_trip

HELLO = {"role": "user", "content": "Hello"}
HI = {"role": "assistant", "content": "Hi"}
NOTE = {"role": "system", "content": "It is Monday."}
PDF = {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERg=="}}
POINT = {"type": "ephemeral"}
THINKING = {"type": "thinking", "thinking": "", "signature": "EqQBCgIYAhIM"}


def said(*blocks: dict[str, Any], role: str = "user") -> list[dict[str, Any]]:
    return [{"role": role, "content": list(blocks)}]


def pointed(text: str, ttl: str | None = None) -> dict[str, Any]:
    return {"type": "text", "text": text, "cache_control": {**POINT, "ttl": ttl} if ttl else POINT}


def strict(**schema: Any) -> dict[str, Any]:
    return {**LOOK, "strict": True, "input_schema": {"type": "object", **schema}}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "temperature": (body(temperature=1.0), "temperature: Extra inputs are not permitted"),
    "top_p": (body(top_p=0.9), "top_p: Extra inputs are not permitted"),
    "top_k": (body(top_k=5), "top_k: Extra inputs are not permitted"),
    "an unknown field": (body(tempo=1), "tempo: Extra inputs are not permitted"),
    "no max_tokens": (body(max_tokens=None), "max_tokens: Field required"),
    "no messages": (body(messages=None), "messages: Field required"),
    "no model": (body(model=None), "model: Field required"),
    "an empty conversation": (body(messages=[]), "at least one message"),
    "too many tokens asked for": (body(max_tokens=128_001), "maximum allowed number of output tokens"),
    "a text for a number": (body(max_tokens="500"), "max_tokens: Input should be a valid integer"),
    "prefill": (body(messages=[HELLO, HI]), "does not support assistant message prefill"),
    "empty text": (
        body(messages=said({"type": "text", "text": ""})),
        "text content blocks must be non-empty",
    ),
    "blank text": (body(messages=said({"type": "text", "text": " \n"})), "non-whitespace text"),
    "empty words": (body(messages=[{"role": "user", "content": ""}]), "must be non-empty"),
    "empty content": (body(messages=[{"role": "user", "content": []}]), "non-empty content"),
    "empty system text": (body(system=[{"type": "text", "text": ""}]), "must be non-empty"),
    "an unknown role": (body(messages=[{"role": "tool", "content": "x"}]), "role"),
    "an unknown block": (body(messages=said({"type": "poem", "text": "x"})), "poem"),
    "an extra field in a block": (
        body(messages=said({"type": "text", "text": "x", "colour": "red"})),
        "messages.0.content.0.text.colour: Extra inputs are not permitted",
    ),
    "citations on user text": (
        body(messages=said({"type": "text", "text": "x", "citations": [{"type": "char_location"}]})),
        "citations",
    ),
    "a document in an assistant turn": (
        body(messages=[HELLO, *said(PDF, role="assistant"), HELLO]),
        "'document'",
    ),
    "an image in an assistant turn": (
        body(messages=[HELLO, *said({**PDF, "type": "image"}, role="assistant"), HELLO]),
        "'image'",
    ),
    "five breakpoints": (
        body(messages=said(*[pointed(word) for word in "abcde"])),
        "A maximum of 4 blocks with cache_control may be provided. Found 5.",
    ),
    "four breakpoints and the one on top": (
        body(messages=said(*[pointed(word) for word in "abcd"]), cache_control=POINT),
        "Found 5.",
    ),
    "an hour after five minutes": (
        body(system=[pointed("a", "5m")], messages=said(pointed("b", "1h"))),
        "must not come after",
    ),
    "an unknown life": (body(messages=said(pointed("a", "2h"))), "ttl"),
    "a system turn at the beginning": (body(messages=[NOTE, HELLO]), "use the top-level 'system' parameter"),
    "a system turn after an answer": (
        body(messages=[HELLO, HI, NOTE, HELLO]),
        "messages.2: role 'system' must follow a 'user' message",
    ),
    "a system turn before the user's": (
        body(messages=[HELLO, NOTE, HELLO]),
        "must be the last message or be followed by an 'assistant' message",
    ),
    "two system turns": (body(messages=[HELLO, NOTE, NOTE]), "messages.1"),
    "a system turn for an older model": (
        body(model="claude-haiku-4-5", messages=[HELLO, NOTE]),
        "role 'system' is not supported on this model",
    ),
    "an image in a system turn": (body(messages=[HELLO, {**NOTE, "content": [PDF]}]), "messages.1.content"),
    "an unanswered call": (
        body(messages=[HELLO, *said(CALLED, role="assistant"), HELLO], tools=[LOOK]),
        "`tool_use` ids were found without `tool_result` blocks immediately after: toolu_1",
    ),
    "an unanswered call at the end": (
        body(messages=[HELLO, *said(CALLED, role="assistant")], tools=[LOOK]),
        "without `tool_result` blocks",
    ),
    "words before the result": (
        round_trip({"type": "text", "text": "so"}, FOUND),
        "without `tool_result` blocks",
    ),
    "an unknown tool_use_id": (
        round_trip(FOUND, {**FOUND, "tool_use_id": "toolu_2"}),
        "messages.2.content.1: unexpected `tool_use_id` found in `tool_result` blocks: toolu_2",
    ),
    "a result without a call": (body(messages=said(FOUND), tools=[LOOK]), "unexpected `tool_use_id`"),
    "two results of one call": (round_trip(FOUND, FOUND), "each tool_use must have a single result"),
    "one id for two calls": (
        body(
            messages=[HELLO, *said(CALLED, CALLED, role="assistant"), *said(FOUND)],
            tools=[LOOK],
        ),
        "`tool_use` ids must be unique",
    ),
    "a call of a tool that is not offered": (
        round_trip(FOUND, tools=None),
        "'look' was called but is not defined",
    ),
    "an id with a space": (
        body(messages=[HELLO, *said({**CALLED, "id": "to olu"}, role="assistant")], tools=[LOOK]),
        "String should match pattern",
    ),
    "two tools of one name": (body(tools=[LOOK, LOOK]), "Tool names must be unique"),
    "a tool name with a space": (
        body(tools=[{**LOOK, "name": "look up"}]),
        "tools.0.name: String should match",
    ),
    "a tool without a schema": (body(tools=[{"name": "look"}]), "tools.0.input_schema: Field required"),
    "a schema that is no object": (
        body(tools=[{**LOOK, "input_schema": {"type": "string"}}]),
        "input_schema.type",
    ),
    "a choice at the top of a schema": (
        body(tools=[{**LOOK, "input_schema": {"type": "object", "anyOf": []}}]),
        "does not support oneOf, allOf, or anyOf at the top level",
    ),
    "an open strict schema": (
        body(tools=[strict()]),
        "'additionalProperties' must be explicitly set to false",
    ),
    "a length in a strict schema": (
        body(
            tools=[strict(additionalProperties=False, properties={"a": {"type": "string", "maxLength": 3}})]
        ),
        "property 'maxLength' is not supported",
    ),
    "twenty-one strict tools": (
        body(tools=[{**strict(additionalProperties=False), "name": f"look_{n}"} for n in range(21)]),
        "Too many strict tools (21)",
    ),
    "a server tool": (body(tools=[{"type": "web_search_20260318", "name": "web_search"}]), "tools.0"),
    "a choice without tools": (body(tool_choice={"type": "auto"}), "while providing tools"),
    "a choice of an unknown tool": (
        body(tools=[LOOK], tool_choice={"type": "tool", "name": "x"}, thinking={"type": "between_tools"}),
        "Tool 'x' not found in provided tools",
    ),
    "a forced tool while thinking": (
        body(tools=[LOOK], tool_choice={"type": "any"}),
        "Thinking may not be enabled when tool_choice forces tool use.",
    ),
    "a thinking budget": (
        body(thinking={"type": "enabled", "budget_tokens": 2000}),
        '"thinking.type.enabled" is not supported for this model',
    ),
    "adaptive thinking of an older model": (
        body(model="claude-haiku-4-5", thinking={"type": "adaptive"}),
        "not supported on this model",
    ),
    "an answer that ends in a thought": (
        body(messages=[HELLO, *said(THINKING, role="assistant"), HELLO]),
        "the final block in an assistant message cannot be `thinking`",
    ),
    "a thought of somebody else": (
        body(messages=[HELLO, *said(THINKING, {"type": "text", "text": "Hi"}, role="assistant"), HELLO]),
        "messages.1.content.0: Invalid `signature` in `thinking` block",
    ),
    "a long user id": (body(metadata={"user_id": "x" * 513}), "metadata.user_id"),
    "an unknown effort": (body(output_config={"effort": "huge"}), "output_config.effort"),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=list(REFUSED))
def test_the_vendor_refuses_it(sandbox: Sandbox, refused: tuple[dict[str, Any], str]) -> None:
    sent, words = refused
    answer = post(sandbox, sent)
    assert (answer.status, answer.json["type"]) == (400, "error")
    assert answer.kind == "invalid_request_error"
    assert words in answer.message, answer.message
    assert answer.json["request_id"] == answer.headers["request-id"]


def test_counting_refuses_the_same(sandbox: Sandbox) -> None:
    for name, (sent, words) in REFUSED.items():
        counted = {field: value for field, value in sent.items() if field not in ("max_tokens", "metadata")}
        # Without the two fields that only answering has, nothing is wrong with these.
        harmless = words.startswith(("max_tokens", "metadata", "maximum allowed"))
        answer = post(sandbox, counted, "/v1/messages/count_tokens")
        assert answer.status == (200 if harmless else 400), name


def test_what_the_vendor_accepts_is_accepted(sandbox: Sandbox) -> None:
    accepted = [
        body(),
        body(stream=False, system="Be short.", metadata={"user_id": "a1"}, service_tier="auto"),
        body(messages=[HELLO, NOTE]),
        body(messages=[HELLO, HI, HELLO, NOTE]),
        body(messages=[HELLO, NOTE, HI, HELLO]),
        body(messages=[HELLO, HELLO]),
        body(messages=said(*[pointed(word) for word in "abcd"])),
        body(system=[pointed("a", "1h")], messages=said(pointed("b", "5m"))),
        body(messages=said({"type": "text", "text": "Read this"}, PDF)),
        round_trip(FOUND),
        round_trip(FOUND, {"type": "text", "text": "And now?"}),
        round_trip({**FOUND, "is_error": True, "content": [{"type": "text", "text": "No"}]}),
        body(tools=[LOOK], tool_choice={"type": "none"}),
        body(tools=[LOOK], tool_choice={"type": "any"}, thinking={"type": "between_tools"}),
        body(model="claude-haiku-4-5", thinking={"type": "enabled", "budget_tokens": 1024}),
        body(output_config={"effort": "low"}, thinking={"type": "adaptive", "display": "omitted"}),
    ]
    for sent in accepted:
        answer = post(sandbox, sent)
        assert answer.status == 200, (sent, answer.json)


@pytest.mark.parametrize("model", ["claude-none", "claude-sandbox-obedient", "claude-sonnet-4-20250514"])
def test_an_unknown_or_retired_model_is_not_found(sandbox: Sandbox, model: str) -> None:
    answer = post(sandbox, body(model=model))
    assert (answer.status, answer.kind, answer.message) == (404, "not_found_error", f"model: {model}")


KEYS = {
    "no key": ({"authorization": None}, "x-api-key header is required"),
    "a wrong bearer": ({"authorization": "Bearer nothing"}, "Invalid bearer token"),
    "no bearer": ({"authorization": f"Basic {KEY}"}, "Invalid bearer token"),
    "a wrong key": ({"authorization": None, "x-api-key": "nothing"}, "invalid x-api-key"),
    "a real key": ({"authorization": "Bearer sk-ant-api03-abcdefgh"}, "Invalid bearer token"),
}


@pytest.mark.parametrize("given", KEYS.values(), ids=list(KEYS))
def test_without_a_right_key_nobody_gets_in(
    sandbox: Sandbox, given: tuple[dict[str, str | None], str]
) -> None:
    changes, words = given
    headers = {name: value for name, value in {**HEADERS, **changes}.items() if value is not None}
    answer = post(sandbox, body(), headers=headers)
    assert (answer.status, answer.kind, answer.message) == (401, "authentication_error", words)
    for path in ("/v1/models", "/v1/models/claude-haiku-5-5"):
        assert sandbox.http.get(f"{sandbox.base_url}{path}", headers=headers).status_code == 401


def test_the_older_header_for_keys_is_taken_too(sandbox: Sandbox) -> None:
    headers = {"x-api-key": KEY, "anthropic-version": "2026-10-21"}
    assert post(sandbox, body(), headers=headers).status == 200


@pytest.mark.parametrize("version", [None, "2023-06-01", "soon"])
def test_the_version_header_is_needed(sandbox: Sandbox, version: str | None) -> None:
    headers = {name: value for name, value in HEADERS.items() if name != "anthropic-version"}
    answer = post(sandbox, body(), headers={**headers, **({"anthropic-version": version} if version else {})})
    assert (answer.status, answer.kind) == (400, "invalid_request_error")
    assert "anthropic-version" in answer.message


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_what_is_no_json_object_is_refused(sandbox: Sandbox, sent: bytes) -> None:
    answer = post(sandbox, sent)
    assert (answer.status, answer.kind) == (400, "invalid_request_error")


def test_a_request_that_is_too_large_is_refused(sandbox: Sandbox) -> None:
    answer = post(sandbox, body(messages=[{"role": "user", "content": "x" * (32 * 1024 * 1024)}]))
    assert (answer.status, answer.kind) == (413, "request_too_large")


def test_an_unknown_path_is_refused_in_the_same_format(sandbox: Sandbox) -> None:
    answer = post(sandbox, {}, "/v1/complete")
    assert (answer.status, answer.kind) == (404, "not_found_error")
    assert answer.json["request_id"] == answer.headers["request-id"]
