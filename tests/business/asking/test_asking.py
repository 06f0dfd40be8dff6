"""A question is kept with its conversation, which is its asker's own."""

from __future__ import annotations

import json

import pytest

from opsystem.business.asking.models import Event, Turn
from opsystem.business.asking.operations import ask, stop_turn
from opsystem.business.asking.queries import (
    events_after,
    list_conversations,
    list_proposals,
    show_conversation,
)
from opsystem.business.profile.operations import set_switch
from opsystem.kit.errors import Conflict, Forbidden, Invalid, NotFound
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from tests.business import scene
from tests.business.asking.stage import asked, due, parked, proposed


def test_a_question_begins_a_conversation_and_wakes_the_worker(vault: Vault, alice: Actor) -> None:
    woken: list[str] = []
    vault.wake = lambda lane, _: woken.append(lane)
    done = ask.perform(vault, alice, {"question": "Who comes\n tomorrow?", "screen": "c-12"}).value
    assert woken == ["assistant"]
    told = show_conversation.ask(vault, alice, {"conversation": done.conversation})
    assert told.conversation.title == "Who comes tomorrow?"
    turn = told.turns[0]
    assert (turn.id, turn.state, turn.screen) == (done.turn, "queued", "C-12")
    assert [(event.name, event.payload) for event in turn.events] == [
        ("question", {"text": "Who comes\n tomorrow?"})
    ]
    with vault.reading() as session:
        row = session.get_one(Turn, done.turn)
    assert (row.account_id, row.role) == ("acc-alice", Role.OWNER)


def test_a_conversation_goes_on(vault: Vault, alice: Actor) -> None:
    first = ask.perform(vault, alice, {"question": "Who comes?"}).value
    ask.perform(vault, alice, {"question": "And the day after?", "conversation": first.conversation})
    told = show_conversation.ask(vault, alice, {"conversation": first.conversation})
    assert [turn.question for turn in told.turns] == ["Who comes?", "And the day after?"]
    assert list_conversations.ask(vault, alice).total == 1


def test_a_page_that_comes_back_is_told_only_what_it_missed(vault: Vault, alice: Actor) -> None:
    done = ask.perform(vault, alice, {"question": "Who comes?"}).value
    place = show_conversation.ask(vault, alice, {"conversation": done.conversation}).last_event
    with vault.mechanics() as session:
        session.add(
            Event(
                conversation_id=done.id,
                turn_id=done.turn,
                at=scene.MONDAY,
                name="text",
                payload=json.dumps({"text": "Bob."}),
            )
        )
    told = events_after.ask(vault, alice, {"conversation": done.conversation, "after": place})
    assert ([event.payload for event in told.events], told.busy) == ([{"text": "Bob."}], True)


def test_nothing_is_asked_while_claude_is_switched_off(vault: Vault, alice: Actor) -> None:
    set_switch.perform(vault, alice, {"name": "assistant", "on": False})
    with pytest.raises(Forbidden, match="switched off"):
        ask.perform(vault, alice, {"question": "Who comes?"})


@pytest.mark.parametrize("question", ["", "  ", "x" * 8001])
def test_an_empty_or_endless_question_is_refused(vault: Vault, alice: Actor, question: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask.perform(vault, alice, {"question": question})
    assert "question" in refused.value.fields


def test_a_conversation_is_its_askers_own(vault: Vault, alice: Actor, bob: Actor, dana: Actor) -> None:
    done = ask.perform(vault, alice, {"question": "What does Bob earn?"}).value
    given = {"conversation": done.conversation}
    for question in (show_conversation, events_after):
        with pytest.raises(NotFound):
            question.ask(vault, bob, given)
    with pytest.raises(NotFound):
        ask.perform(vault, bob, {"question": "And now?", **given})
    with pytest.raises(NotFound):
        stop_turn.perform(vault, bob, {"turn": done.turn})
    assert list_conversations.ask(vault, bob).rows == []
    bobs = ask.perform(vault, bob, {"question": "Where do I go?"}).value
    with pytest.raises(NotFound):
        show_conversation.ask(vault, alice, {"conversation": bobs.conversation})
    with pytest.raises(Forbidden):
        ask.perform(vault, dana, {"question": "Who comes?"})


def test_carl_sees_nothing_of_it(vault: Vault, alice: Actor, carls_vault: Vault, carl: Actor) -> None:
    done = ask.perform(vault, alice, {"question": "Who comes?"}).value
    assert list_conversations.ask(carls_vault, carl).rows == []
    with pytest.raises(NotFound):
        show_conversation.ask(carls_vault, carl, {"conversation": done.conversation})


def test_stopping_wakes_the_worker_and_rejects_what_waits(vault: Vault, alice: Actor) -> None:
    scene.with_addresses(vault)
    maria = scene.client(vault, alice)
    turn = asked(vault, alice)
    proposed(vault, alice, "send_text", {"client": maria, "body": "Hello"}, turn=turn)
    parked(vault, turn)
    stop_turn.perform(vault, alice, {"turn": turn})
    assert due(vault, turn)
    assert list_proposals.ask(vault, alice).rows == []
    with vault.mechanics() as session:
        session.get_one(Turn, turn).state = "stopped"
    with pytest.raises(Conflict, match="ended already"):
        stop_turn.perform(vault, alice, {"turn": turn})


def test_neither_claude_nor_a_machine_asks_claude(vault: Vault, alice: Actor) -> None:
    turn = asked(vault, alice)
    for actor in (alice.assistant(turn), scene.SYSTEM, scene.TWILIO):
        with pytest.raises(Forbidden):
            ask.perform(vault, actor, {"question": "Do it again"})
        with pytest.raises(Forbidden):
            stop_turn.perform(vault, actor, {"turn": turn})
        with pytest.raises(Forbidden):
            list_conversations.ask(vault, actor)
