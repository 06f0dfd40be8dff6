"""A question goes its way to an answer, through approvals, troubles and the deaths of workers, once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, update

from opsystem.assistant import transcript
from opsystem.assistant.lane import next_due
from opsystem.business.asking.models import Block, Turn
from opsystem.kit import clock
from opsystem.kit.errors import Conflict
from tests.assistant.desk import STORY, Desk

NOTE = "Note on Mrs Alvarez: the gate code is 4711"


def is_told_in_turns(desk: Desk, turn: int) -> None:
    """Assert that nothing stands twice on the wire: every call has one answer, and speakers alternate."""
    said = desk.blocks(turn)
    assert [role for role, _ in said] == ["user", "assistant"] * (len(said) // 2)
    calls = [block["id"] for _, content in said for block in content if block["type"] == "tool_use"]
    answers = [
        block["tool_use_id"] for _, content in said for block in content if block["type"] == "tool_result"
    ]
    assert calls == answers
    assert len(set(calls)) == len(calls)


def test_a_plain_question_is_answered_from_the_records(desk: Desk) -> None:
    turn = desk.ask("What is on tomorrow?")
    desk.work()
    assert desk.turn(turn).state == "done"
    assert "[V-1]" in desk.words(turn)
    assert desk.events(turn, "text")[-1]["text"] == desk.words(turn)
    assert desk.events(turn, "turn.end") == [{"state": "done", "problem": None}]
    assert desk.turn(turn).tokens_in > 0
    is_told_in_turns(desk, turn)
    assert next_due(desk.vault) is None


def test_the_ledger_names_claude_and_for_whom(desk: Desk) -> None:
    desk.ask("What is on tomorrow?")
    desk.work()
    told = {(row.vendor, row.initiator) for row in desk.rows("disclosure")}
    assert told == {("anthropic", "assistant for U-1")}


def test_a_text_waits_for_approval_and_is_sent_exactly_as_shown(desk: Desk) -> None:
    turn = desk.ask(STORY)
    desk.work()
    assert desk.turn(turn).state == "waiting"
    assert desk.rows("outbox") == []
    with pytest.raises(Conflict):
        desk.do("approve_proposal", proposal=desk.proposals()[0].ref, arguments_hash="0" * 64)
    desk.decide("approve_proposal")
    desk.work()
    assert desk.turn(turn).state == "done"
    [message] = desk.rows("message")
    assert message.by_assistant
    assert len(desk.rows("outbox")) == 1
    is_told_in_turns(desk, turn)


def test_words_that_were_changed_are_sent_and_claude_is_told(desk: Desk) -> None:
    turn = desk.ask(STORY)
    desk.work()
    words = {"client": "C-1", "body": "Bob comes at 9. What is the gate code?"}
    desk.decide("edit_proposal", arguments=words)
    desk.work()
    assert [row.body for row in desk.rows("message")] == [words["body"]]
    assert words["body"] in str(desk.blocks(turn))
    assert desk.turn(turn).state == "done"


def test_what_is_rejected_is_not_done_and_claude_is_told_why(desk: Desk) -> None:
    turn = desk.ask(STORY)
    desk.work()
    desk.decide("reject_proposal", reason="She is on holiday.")
    desk.work()
    assert desk.rows("message") == []
    assert "on holiday" in str(desk.blocks(turn))
    assert desk.turn(turn).state == "done"
    is_told_in_turns(desk, turn)


def test_stopping_ends_the_turn_and_what_waits_in_it(desk: Desk) -> None:
    turn = desk.ask(STORY)
    desk.work()
    desk.do("stop_turn", turn=turn)
    desk.work()
    assert desk.turn(turn).state == "stopped"
    assert [row.state for row in desk.proposals()] == ["rejected"]
    assert desk.rows("outbox") == []
    early = desk.ask("What is on tomorrow?")
    desk.do("stop_turn", turn=early)
    desk.work()
    assert desk.turn(early).state == "stopped"
    assert desk.calls(early) == []


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "status", "status": 429, "retry_after": 1, "count": 50},
        {"kind": "status", "status": 529, "count": 50},
        {"kind": "status", "status": 500, "count": 50},
        {"kind": "cut_stream", "after_events": 3, "count": 50},
        {"kind": "lost_answer", "count": 50},
    ],
    ids=["429", "529", "500", "cut", "lost"],
)
def test_trouble_at_anthropic_puts_the_turn_off_and_doubles_nothing(
    desk: Desk, trouble: dict[str, Any]
) -> None:
    desk.faults(trouble)
    turn = desk.ask(NOTE)
    later = desk.work()
    assert later is not None
    assert later > clock.now()
    assert desk.turn(turn).tries == 1
    assert desk.events(turn, "notice")
    desk.heal()
    for _ in range(4):
        desk.hurry(turn)
        desk.work()
    assert desk.turn(turn).state == "done"
    assert [row.body for row in desk.rows("note")] == ["The gate code is 4711."]
    is_told_in_turns(desk, turn)


def test_a_turn_that_meets_only_trouble_ends_and_says_so(desk: Desk) -> None:
    desk.faults({"kind": "status", "status": 529, "count": 500})
    turn = desk.ask(NOTE)
    for _ in range(5):
        desk.hurry(turn)
        desk.work()
    assert desk.turn(turn).state == "failed"
    assert desk.turn(turn).problem
    assert next_due(desk.vault) is None


@pytest.mark.parametrize("question", [NOTE, STORY])
def test_a_worker_that_dies_after_any_step_is_followed_by_one_that_goes_on(desk: Desk, question: str) -> None:
    turn = desk.ask(question)
    for life in range(60):
        # It is asked before each step, and while an answer streams in; each worker dies a little later.
        steps = iter(range(life % 12 + 1))
        desk.work(lambda steps=steps: next(steps, None) is not None)  # type: ignore[misc]
        if desk.turn(turn).state == "waiting":
            desk.decide("approve_proposal")
        if desk.turn(turn).ended_at is not None:
            break
    assert desk.turn(turn).state == "done"
    assert len(desk.rows("note")) + len(desk.rows("outbox")) == 1
    is_told_in_turns(desk, turn)


def acts(desk: Desk) -> list[int]:
    """Return how much there is of everything that an act would make."""
    return [len(desk.rows(name)) for name in ("note", "message", "outbox", "proposal", "change_set")]


@pytest.mark.parametrize("question", [NOTE, STORY])
def test_a_turn_gone_through_again_from_any_block_performs_each_tool_once(desk: Desk, question: str) -> None:
    turn = desk.ask(question)
    desk.work()
    if question == STORY:
        desk.decide("approve_proposal")
        desk.work()
    said = desk.blocks(turn)
    calling = [
        number
        for number, (_, content) in enumerate(said, start=1)
        if any(block["type"] == "tool_use" for block in content)
    ]
    assert len(calling) >= 2
    before = acts(desk)
    for number in reversed(calling):
        # What was asked for after this block is forgotten, and so no longer a part of the turn.
        kept = {
            block["id"] for _, content in said[:number] for block in content if block["type"] == "tool_use"
        }
        made = sum(row.id.removeprefix(f"turn-{turn}-") in kept for row in desk.rows("request"))
        if number < calling[-1]:
            assert made == 0, "lookups are no acts"
            continue
        with desk.vault.mechanics() as session:
            session.execute(delete(Block).where(Block.turn_id == turn, Block.number > number))
            again = {"state": "running", "due_at": clock.now(), "ended_at": None}
            session.execute(update(Turn).where(Turn.id == turn).values(**again))
        desk.work()
        assert desk.turn(turn).state == "done"
        is_told_in_turns(desk, turn)
        assert acts(desk) == before


def test_a_worker_that_was_overtaken_writes_nothing(desk: Desk) -> None:
    turn = desk.ask("What is on tomorrow?")
    desk.work()
    made = len(desk.blocks(turn))
    with pytest.raises(transcript.Overtaken), desk.vault.mechanics() as session:
        transcript.append(session, turn, "assistant", [{"type": "text", "text": "late"}], after=made - 1)
    assert len(desk.blocks(turn)) == made


def test_who_was_removed_meanwhile_gets_no_answer(desk: Desk) -> None:
    turn = desk.ask("What is on tomorrow?", desk.bob)
    desk.do("remove_member", member="U-2")
    desk.work()
    assert desk.turn(turn).state == "failed"
    assert desk.calls(turn) == []
