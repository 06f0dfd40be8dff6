"""Claude proposes, a person decides, and exactly what was shown is what is done, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from opsystem.business.asking.operations import (
    approve_proposal,
    edit_proposal,
    expire_proposals,
    propose,
    reject_proposal,
)
from opsystem.business.asking.queries import list_proposals, show_proposal
from opsystem.business.asking.records import Proposed
from opsystem.business.conversations.operations import receive_text, send_text
from opsystem.business.conversations.queries import list_threads, show_message
from opsystem.business.history.queries import list_history
from opsystem.business.team.operations import change_role
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Forbidden, Invalid, NotFound
from opsystem.operations import Actor, ActorKind, Permission, Role
from opsystem.vault import Vault
from tests.business import scene
from tests.business.asking.stage import asked, due, parked, proposed

WORDS = "Bob comes tomorrow between 9 and 10. What is the gate code?"


@pytest.fixture
def maria(vault: Vault, alice: Actor) -> str:
    scene.with_addresses(vault)
    return scene.client(vault, alice)


@pytest.fixture
def text(vault: Vault, alice: Actor, maria: str) -> Proposed:
    """A text to Maria that Claude proposes to Alice."""
    return proposed(vault, alice, "send_text", {"client": maria, "body": WORDS})


def _approval(text: Proposed) -> dict[str, Any]:
    return {"proposal": text.ref, "arguments_hash": text.arguments_hash}


def test_a_card_shows_the_exact_words_and_the_recipient(
    vault: Vault, alice: Actor, maria: str, text: Proposed
) -> None:
    card = show_proposal.ask(vault, alice, {"proposal": text.ref})
    assert (card.label, card.effect, card.client, card.client_name) == (
        "Send text",
        "send",
        maria,
        "Maria Alvarez",
    )
    assert [(field.label, field.shown, field.kind) for field in card.fields] == [
        ("To", "Maria Alvarez, (228) 555-0142 (C-1)", "reference"),
        ("Words", WORDS, "long"),
        ("About", "", "text"),
        ("Purpose", "", "text"),
        ("Person", "", "text"),
    ]
    assert (card.state, card.may_decide, card.asked_by) == ("pending", True, "Alice Reyes")
    assert card.arguments_hash == text.arguments_hash


def test_what_is_approved_is_sent_as_the_person_and_told_to_claude(
    vault: Vault, alice: Actor, text: Proposed
) -> None:
    turn = show_proposal.ask(vault, alice, {"proposal": text.ref}).turn
    parked(vault, turn)
    done = approve_proposal.perform(vault, alice, _approval(text)).value
    assert done.state == "approved"
    assert done.result is not None
    assert done.result["status"] == "done"
    message = show_message.ask(vault, alice, {"message": done.result["result"]["ref"]})
    assert (message.body, message.author, message.by_assistant) == (WORDS, "Alice Reyes", True)
    assert scene.outbox(vault) == [("sms", "queued")]
    assert due(vault, turn)
    act = list_history.ask(vault, alice).rows[0]
    assert (act.actor_name, act.with_assistant, act.label) == (
        "Alice Reyes",
        True,
        "Texted Maria Alvarez (proposed by Claude)",
    )


def test_approving_twice_sends_once(vault: Vault, alice: Actor, text: Proposed) -> None:
    first = approve_proposal.perform(vault, alice, _approval(text), request_id="click").value
    assert approve_proposal.perform(vault, alice, _approval(text), request_id="click").value == first
    with pytest.raises(Conflict, match="decided already"):
        approve_proposal.perform(vault, alice, _approval(text))
    with pytest.raises(Conflict, match="decided already"):
        reject_proposal.perform(vault, alice, {"proposal": text.ref})
    assert scene.outbox(vault) == [("sms", "queued")]


def test_two_people_approving_at_once_send_once(vault: Vault, alice: Actor, text: Proposed) -> None:
    olga = scene.person(vault, alice, "Olga", Role.OFFICE)

    def approve(actor: Actor) -> str:
        try:
            return approve_proposal.perform(vault, actor, _approval(text)).value.state
        except Conflict as conflict:
            return conflict.code

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(approve, [alice, olga])) == ["already_decided", "approved"]
    assert scene.outbox(vault) == [("sms", "queued")]


def test_what_cannot_be_seen_is_not_in_what_is_approved(vault: Vault, alice: Actor, maria: str) -> None:
    hidden = "Hello" + "".join(chr(0xE0000 + ord(letter)) for letter in "secret") + "\u202e\x00 Maria"
    waits = proposed(vault, alice, "send_text", {"client": maria, "body": hidden})
    assert show_proposal.ask(vault, alice, {"proposal": waits.ref}).arguments["body"] == "Hello Maria"
    with pytest.raises(Invalid) as refused:
        proposed(vault, alice, "send_text", {"client": maria, "body": "\u200b"}, use="b")
    assert refused.value.fields == {"body": "This is needed."}


def test_claude_taking_back_a_message_does_not_make_it_claudes(
    vault: Vault, alice: Actor, maria: str
) -> None:
    sent = send_text.perform(vault, alice, {"client": maria, "body": "Hello"}).value
    waits = proposed(vault, alice, "take_back_message", {"message": sent.ref})
    approve_proposal.perform(vault, alice, _approval(waits))
    told = show_message.ask(vault, alice, {"message": sent.ref})
    assert (told.state, told.by_assistant) == ("cancelled", False)


def test_only_what_was_shown_can_be_approved(vault: Vault, alice: Actor, text: Proposed) -> None:
    with pytest.raises(Conflict, match="not what was shown"):
        approve_proposal.perform(vault, alice, {"proposal": text.ref, "arguments_hash": "0" * 64})
    with pytest.raises(Invalid):
        approve_proposal.perform(vault, alice, {"proposal": text.ref, "arguments_hash": ""})
    assert scene.outbox(vault) == []


def test_a_changed_word_is_what_is_sent_and_what_claude_is_told(
    vault: Vault, alice: Actor, maria: str, text: Proposed
) -> None:
    final = {"client": maria, "body": "Bob comes at 9. What is the gate code?"}
    done = edit_proposal.perform(vault, alice, {**_approval(text), "arguments": final}).value
    assert done.state == "edited"
    assert done.result is not None
    assert (done.result["status"], done.result["arguments"]) == ("edited", final)
    assert list_threads.ask(vault, alice).rows[0].last is not None
    message = show_message.ask(vault, alice, {"message": done.result["result"]["ref"]})
    assert message.body == final["body"]


def test_a_field_left_empty_in_the_form_is_nothing(
    vault: Vault, alice: Actor, maria: str, text: Proposed
) -> None:
    final = {"client": maria, "body": WORDS, "about": ""}
    done = edit_proposal.perform(vault, alice, {**_approval(text), "arguments": final}).value
    assert done.state == "approved"


def test_words_that_cannot_be_sent_are_refused_at_their_field_and_stay_open(
    vault: Vault, alice: Actor, maria: str, text: Proposed
) -> None:
    with pytest.raises(Invalid) as refused:
        edit_proposal.perform(vault, alice, {**_approval(text), "arguments": {"client": maria, "body": ""}})
    assert "body" in refused.value.fields
    assert show_proposal.ask(vault, alice, {"proposal": text.ref}).state == "pending"


def test_rejecting_tells_claude_why(vault: Vault, alice: Actor, text: Proposed) -> None:
    done = reject_proposal.perform(vault, alice, {"proposal": text.ref, "reason": "She is away."}).value
    assert done.result == {"status": "rejected", "reason": "She is away."}
    assert scene.outbox(vault) == []
    assert list_proposals.ask(vault, alice).rows == []
    assert list_proposals.ask(vault, alice, {"state": "decided"}).total == 1


def test_what_cannot_be_done_leaves_nothing_behind(vault: Vault, alice: Actor, text: Proposed) -> None:
    receive_text.perform(vault, scene.TWILIO, {"vendor_key": "SM1", "sender": "+12285550142", "body": "STOP"})
    done = approve_proposal.perform(vault, alice, _approval(text)).value
    assert (done.state, done.problem) == (
        "failed",
        "Maria Alvarez asked to get no more texts. Call instead.",
    )
    assert scene.outbox(vault) == []
    assert done.result is not None
    assert done.result["status"] == "failed"


def test_a_half_done_act_is_taken_back_whole(vault: Vault, alice: Actor, maria: str) -> None:
    """Booking for somebody who is not there fails after the job was written: nothing of it stays."""
    book = {"client": maria, "title": "Heater", "starts_at": "2026-11-25T15:00:00Z", "members": ["U-1"]}
    waits = proposed(vault, alice, "book_job", {**book, "checklist": "K-99"})
    before = scene.rows(vault, "job")
    done = approve_proposal.perform(vault, alice, _approval(waits)).value
    assert done.state == "failed"
    assert scene.rows(vault, "job") == before


def test_a_day_later_it_is_too_late(vault: Vault, alice: Actor, text: Proposed) -> None:
    turn = show_proposal.ask(vault, alice, {"proposal": text.ref}).turn
    parked(vault, turn)
    late = clock.now() + timedelta(hours=24, minutes=1)
    with pytest.raises(Conflict, match="no longer valid"):
        approve_proposal.perform(vault, alice, _approval(text), at=late)
    assert list_proposals.ask(vault, alice, at=late).rows == []
    assert show_proposal.ask(vault, alice, {"proposal": text.ref}, at=late).state == "expired"
    assert expire_proposals.perform(vault, scene.SYSTEM, at=late).value == 1
    assert due(vault, turn)
    assert expire_proposals.perform(vault, scene.SYSTEM, at=late).value == 0


def test_a_turn_goes_on_when_everything_is_decided(vault: Vault, alice: Actor, maria: str) -> None:
    turn = asked(vault, alice)
    arguments = {"client": maria, "body": "Hello"}
    one = proposed(vault, alice, "send_text", arguments, turn=turn, use="a")
    two = proposed(vault, alice, "send_text", arguments, turn=turn, use="b")
    parked(vault, turn)
    approve_proposal.perform(vault, alice, _approval(one))
    assert not due(vault, turn)
    reject_proposal.perform(vault, alice, {"proposal": two.ref})
    assert due(vault, turn)


def test_proposing_again_after_a_crash_is_the_same_proposal(vault: Vault, alice: Actor, maria: str) -> None:
    turn = asked(vault, alice)
    given = {"client": maria, "body": "Hello"}
    first = proposed(vault, alice, "send_text", given, turn=turn)
    assert proposed(vault, alice, "send_text", given, turn=turn) == first
    assert list_proposals.ask(vault, alice).total == 1


def test_claude_proposes_only_what_it_is_offered(vault: Vault, alice: Actor, bob: Actor, maria: str) -> None:
    for name in ("remove_member", "approve_proposal", "list_clients", "no_such_thing"):
        with pytest.raises(NotFound):
            proposed(vault, alice, name, {})
    with pytest.raises(Invalid):
        proposed(vault, alice, "send_text", {"client": maria})
    with pytest.raises(Forbidden):
        proposed(vault, bob, "send_text", {"client": maria, "body": "Hello"})
    turn = asked(vault, alice)
    given = {"turn": turn, "tool_use_id": "x", "operation": "send_text", "arguments": {}}
    for actor in (alice, alice.assistant(turn + 1)):
        with pytest.raises(Forbidden, match="Only Claude"):
            propose.perform(vault, actor, given)


def test_claude_never_decides(vault: Vault, alice: Actor, text: Proposed) -> None:
    turn = show_proposal.ask(vault, alice, {"proposal": text.ref}).turn
    claude = alice.assistant(turn)
    for decide, given in (
        (approve_proposal, _approval(text)),
        (edit_proposal, {**_approval(text), "arguments": {}}),
        (reject_proposal, {"proposal": text.ref}),
    ):
        assert not decide.assistant
        with pytest.raises(Forbidden, match="Only a person"):
            decide.perform(vault, claude, given)
        for machine in (scene.SYSTEM, scene.TWILIO):
            with pytest.raises(Forbidden):
                decide.perform(vault, machine, given)
    assert scene.outbox(vault) == []


def test_a_personal_token_decides_as_its_person(vault: Vault, alice: Actor, text: Proposed) -> None:
    token = replace(alice, kind=ActorKind.API)
    assert approve_proposal.perform(vault, token, _approval(text)).value.state == "approved"


def test_bob_decides_about_his_own_proposals_within_his_rights(
    vault: Vault, alice: Actor, bob: Actor, maria: str, text: Proposed
) -> None:
    hers = scene.job(vault, alice, maria, goes=bob)
    note = proposed(vault, bob, "add_note", {"about": hers, "text": "Shut-off is behind the house."})
    assert [row.ref for row in list_proposals.ask(vault, bob).rows] == [note.ref]
    with pytest.raises(NotFound):
        approve_proposal.perform(vault, bob, _approval(text))
    with pytest.raises(NotFound):
        show_proposal.ask(vault, bob, {"proposal": text.ref})
    assert approve_proposal.perform(vault, bob, _approval(note)).value.state == "approved"


def test_the_office_may_approve_what_others_asked_for(
    vault: Vault, alice: Actor, bob: Actor, maria: str
) -> None:
    hers = scene.job(vault, alice, maria, goes=bob)
    note = proposed(vault, bob, "add_note", {"about": hers, "text": "Done."})
    assert approve_proposal.perform(vault, alice, _approval(note)).value.state == "approved"


def test_rights_are_those_of_the_moment_of_approval(vault: Vault, alice: Actor, maria: str) -> None:
    olga = scene.person(vault, alice, "Olga", Role.OFFICE)
    waits = proposed(vault, olga, "send_text", {"client": maria, "body": "Hello"})
    change_role.perform(vault, alice, {"member": f"U-{olga.member_id}", "role": Role.TECHNICIAN})
    demoted = Actor.person(id=olga.id, name="Olga", role=Role.TECHNICIAN, member_id=olga.member_id or 0)
    assert not demoted.may(Permission.MESSAGES_SEND)
    assert not show_proposal.ask(vault, demoted, {"proposal": waits.ref}).may_decide
    with pytest.raises(Forbidden):
        approve_proposal.perform(vault, demoted, _approval(waits))
    assert scene.outbox(vault) == []


def test_carl_finds_nothing_to_approve(carls_vault: Vault, carl: Actor, text: Proposed) -> None:
    assert list_proposals.ask(carls_vault, carl).rows == []
    with pytest.raises(NotFound):
        approve_proposal.perform(carls_vault, carl, _approval(text))
