"""The story: a text to Mrs Alvarez, from the wish to the closing line, whatever a person decides."""

from __future__ import annotations

import json
from typing import Any

import anthropic
import pytest

from sandbox.anthropic.planner.turn import SANDBOX_LINE
from tests.sandbox.anthropic.office import TOOLS, VISIT, answer
from tests.sandbox.anthropic.talking import Conversation, calls_of, text_of

WISH = "text Mrs Alvarez that Bob comes tomorrow between 9 and 10 and ask about the gate code"
BODY = (
    "Hi Mrs. Alvarez, this is Hurley Plumbing. Bob will be with you tomorrow (Tue Nov 24) between 9 and 10. "
    "Could you tell us the gate code? Thank you."
)


def test_the_text_is_looked_up_drafted_and_proposed(client: anthropic.Anthropic) -> None:
    conversation = Conversation(
        client, messages=[{"role": "user", "content": f"{Conversation(client).situation}{WISH}"}]
    )
    searched = conversation.step()
    assert [(c.name, c.input) for c in calls_of(searched)] == [
        ("search_records", {"text": "Alvarez", "kinds": ["client"]})
    ]
    conversation.reply(searched)
    looked = conversation.step()
    assert [(c.name, c.input) for c in calls_of(looked)] == [
        ("show_client", {"client": "C-12"}),
        ("list_visits", {"since": "2026-11-24", "until": "2026-11-24"}),
    ]
    assert text_of(looked) == "I found Maria Alvarez [C-12]."
    conversation.reply(looked)
    proposed = conversation.step()
    assert proposed.stop_reason == "tool_use"
    assert [(c.name, c.input) for c in calls_of(proposed)] == [
        ("send_text", {"client": "C-12", "body": BODY, "about": "V-31"})
    ]
    conversation.reply(proposed)
    closed = conversation.step()
    assert closed.stop_reason == "end_turn"
    assert text_of(closed) == f"The text to Mrs. Alvarez is sent [M-10].\n\n{SANDBOX_LINE}"


DECISIONS: list[tuple[dict[str, Any], str]] = [
    ({"status": "sent", "ref": "M-9"}, "The text to Mrs. Alvarez is sent [M-9]."),
    ({"status": "edited", "ref": "M-9"}, "The text to Mrs. Alvarez went out with your changes [M-9]."),
    ({"status": "approved", "ref": "M-9"}, "The text to Mrs. Alvarez is approved and will go out now [M-9]."),
    ({"status": "queued", "ref": "M-9"}, "The text to Mrs. Alvarez is approved and will go out now [M-9]."),
    ({"status": "waiting", "ref": "A-5"}, "The text to Mrs. Alvarez is waiting for approval [A-5]."),
    ({"status": "done", "result": {"ref": "M-9"}}, "The text to Mrs. Alvarez is sent [M-9]."),
    (
        {"status": "rejected", "reason": "too formal"},
        (
            "You said no to the text to Mrs. Alvarez (too formal). Nothing was done. "
            "Tell me what to change and I will try again."
        ),
    ),
    ({"status": "expired"}, "The approval of the text to Mrs. Alvarez ran out. Nothing was done."),
    (
        {"status": "stale"},
        (
            "Something changed while the text to Mrs. Alvarez was waiting, so it was not done. "
            "Ask me again to see it fresh."
        ),
    ),
    (
        {"status": "failed", "reason": "The number is a landline."},
        "The text to Mrs. Alvarez did not work: The number is a landline.",
    ),
]


@pytest.mark.parametrize(("decision", "words"), DECISIONS, ids=[str(d[0]["status"]) for d in DECISIONS])
def test_the_closing_line_says_what_was_decided(
    client: anthropic.Anthropic, decision: dict[str, Any], words: str
) -> None:
    conversation = Conversation(client, answers={"send_text": json.dumps(decision)})
    assert conversation.ask(WISH) == f"{words}\n\n{SANDBOX_LINE}"
    assert [called.name for called in conversation.calls].count("send_text") == 1


def test_a_refusal_that_comes_as_an_error_is_told_and_not_repeated(client: anthropic.Anthropic) -> None:
    conversation = Conversation(
        client, messages=[{"role": "user", "content": f"{Conversation(client).situation}{WISH}"}]
    )
    for _ in range(2):
        conversation.reply(conversation.step())
    proposed = conversation.step()
    result = {
        "type": "tool_result",
        "tool_use_id": calls_of(proposed)[0].id,
        "content": '{"status": "rejected", "reason": "not now"}',
        "is_error": True,
    }
    conversation.messages.append({"role": "user", "content": [result]})
    closed = conversation.step()
    assert closed.stop_reason == "end_turn"
    assert text_of(closed).startswith("You said no to the text to Mrs. Alvarez (not now).")


def test_without_a_visit_the_text_is_tied_to_none_and_that_is_said(client: anthropic.Anthropic) -> None:
    conversation = Conversation(client, answers={"list_visits": "[]"})
    conversation.ask(WISH)
    sent = conversation.calls[-1]
    assert (sent.name, sent.input) == ("send_text", {"client": "C-12", "body": BODY})
    said = json.dumps(conversation.messages)
    assert "I found no visit to Maria Alvarez tomorrow (Tue Nov 24)" in said


def test_somebody_elses_visit_is_not_taken_for_the_clients(client: anthropic.Anthropic) -> None:
    other = {**VISIT, "client": "C-13", "client_name": "Ana Ruiz"}
    conversation = Conversation(client, answers={"list_visits": json.dumps([other])})
    conversation.ask(WISH)
    assert "about" not in conversation.calls[-1].input


def test_the_business_is_looked_up_where_nobody_said_its_name(client: anthropic.Anthropic) -> None:
    conversation = Conversation(client, system="Help.")
    conversation.ask(WISH)
    assert "business_profile" in [called.name for called in conversation.calls]
    assert conversation.calls[-1].input["body"] == BODY
    without = [tool for tool in TOOLS if tool["name"] != "business_profile"]
    unnamed = Conversation(client, system="Help.", tools=without)
    unnamed.ask(WISH)
    assert str(unnamed.calls[-1].input["body"]).startswith("Hi Mrs. Alvarez, Bob will")


def test_a_person_who_changes_a_word_in_the_call_itself_is_understood(client: anthropic.Anthropic) -> None:
    """A client that writes the edited words into the transcript must not get the text a second time."""
    conversation = Conversation(
        client, messages=[{"role": "user", "content": f"{Conversation(client).situation}{WISH}"}]
    )
    for _ in range(2):
        conversation.reply(conversation.step())
    conversation.step(thinking={"type": "between_tools"})
    call = next(block for block in conversation.messages[-1]["content"] if block["type"] == "tool_use")
    call["input"] = {**call["input"], "body": "Hello Mrs. Alvarez."}
    conversation.messages.append(
        {
            "role": "user",
            "content": [{"type": "tool_result", "tool_use_id": call["id"], "content": answer("send_text")}],
        }
    )
    assert conversation.step().stop_reason == "end_turn"
