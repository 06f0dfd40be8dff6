"""Whatever somebody did can be undone as a whole, unless it left the building or is another's."""

from __future__ import annotations

from typing import Any

import pytest

from opsystem.business.asking.operations import approve_proposal, ask
from opsystem.business.asking.queries import show_proposal
from opsystem.business.clients.operations import add_client, edit_client
from opsystem.business.conversations.operations import receive_text, send_text, take_back_message
from opsystem.business.conversations.queries import show_message
from opsystem.business.history.operations import undo_change, undo_last
from opsystem.business.history.queries import list_history
from opsystem.business.jobs.operations import add_note, assign_visit, book_job
from opsystem.business.profile.operations import set_switch
from opsystem.kit.errors import Conflict, Forbidden, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor, Done, Role
from opsystem.vault import Vault
from tests.business import scene
from tests.business.asking.stage import proposed
from tests.business.digest import digest


def change(done: Done[Any]) -> dict[str, str]:
    """Return the input that names what was done."""
    return {"change": make_ref("change", done.change_set_id or 0)}


def test_a_booking_is_undone_with_job_visit_and_people(vault: Vault, alice: Actor, bob: Actor) -> None:
    maria = scene.client(vault, alice)
    before = digest(vault)
    done = book_job.perform(
        vault,
        alice,
        {
            "client": maria,
            "title": "By mistake",
            "starts_at": "2026-11-24T15:00:00Z",
            "members": [make_ref("member", bob.member_id or 0)],
        },
    )
    assert digest(vault) != before
    undone = undo_change.perform(vault, alice, change(done)).value
    assert digest(vault) == before
    assert undone.label.startswith("Booked J-1")
    newest, original = list_history.ask(vault, alice).rows[:2]
    assert (newest.undoes, original.undone_by) == (original.ref, newest.ref)
    assert newest.label == f"Undid: {undone.label}"


def test_an_undo_can_be_undone(vault: Vault, alice: Actor) -> None:
    done = add_client.perform(vault, alice, {"name": "Ana Ruiz", "phone": "2285550142"})
    after = digest(vault)
    undo = undo_change.perform(vault, alice, change(done))
    undo_change.perform(vault, alice, change(undo))
    assert digest(vault) == after
    assert list_history.ask(vault, alice).rows[0].label == "Did again: Added client Ana Ruiz"


def test_the_last_act_is_undone_and_then_the_one_before(vault: Vault, alice: Actor) -> None:
    scene.client(vault, alice, "Ana")
    between = digest(vault)
    scene.client(vault, alice, "Sam")
    assert undo_last.perform(vault, alice).value.label == "Added client Sam"
    assert digest(vault) == between
    assert undo_last.perform(vault, alice).value.label == "Added client Ana"


def test_nothing_is_undone_twice(vault: Vault, alice: Actor) -> None:
    done = add_client.perform(vault, alice, {"name": "Ana Ruiz"})
    undo_change.perform(vault, alice, change(done))
    with pytest.raises(Conflict, match="already undone"):
        undo_change.perform(vault, alice, change(done))


def test_what_was_changed_since_is_not_lost(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    done = edit_client.perform(vault, alice, {"client": maria, "name": "Mary Alvarez"})
    edit_client.perform(vault, alice, {"client": maria, "name": "Maria Alvarez-Cole"})
    before = digest(vault)
    with pytest.raises(Conflict, match="changed again since") as refused:
        undo_change.perform(vault, alice, change(done))
    assert refused.value.fields == {"Maria Alvarez-Cole, (228) 555-0142 (C-1), name": "was changed since"}
    assert digest(vault) == before


def test_a_text_is_undone_while_it_waits_and_its_words_stay_readable(vault: Vault, alice: Actor) -> None:
    scene.with_addresses(vault)
    maria = scene.client(vault, alice)
    done = send_text.perform(vault, alice, {"client": maria, "body": "Hello"})
    receive_text.perform(vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550142", "body": "Hi"})
    undo = undo_change.perform(vault, alice, change(done))
    assert scene.outbox(vault) == [("sms", "cancelled")]
    assert show_message.ask(vault, alice, {"message": done.value.ref}).state == "cancelled"
    with pytest.raises(Conflict, match="Write it again"):
        undo_change.perform(vault, alice, change(undo))
    with pytest.raises(Conflict, match="already undone"):
        undo_change.perform(vault, alice, change(done))


def test_what_has_left_the_building_stays(vault: Vault, alice: Actor) -> None:
    scene.with_addresses(vault)
    done = send_text.perform(vault, alice, {"client": scene.client(vault, alice), "body": "Hello"})
    with vault.mechanics() as session:
        session.execute(vault.schema.tables.outbox.update().values(state="sending"))
    for undo, given in ((undo_change, change(done)), (undo_last, {})):
        with pytest.raises(Conflict, match="already left the building"):
            undo.perform(vault, alice, given)
    row = next(row for row in list_history.ask(vault, alice).rows if row.operation == "send_text")
    assert row.obstacle is not None


def test_a_message_taken_back_is_not_sent_by_undo(vault: Vault, alice: Actor) -> None:
    scene.with_addresses(vault)
    sent = send_text.perform(vault, alice, {"client": scene.client(vault, alice), "body": "Hello"}).value
    done = take_back_message.perform(vault, alice, {"message": sent.ref})
    with pytest.raises(Conflict, match="Write it again"):
        undo_change.perform(vault, alice, change(done))
    assert scene.outbox(vault) == [("sms", "cancelled")]


def test_what_came_in_stays_even_for_the_owner(vault: Vault, alice: Actor) -> None:
    scene.with_addresses(vault)
    maria = scene.client(vault, alice)
    stop = receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550142", "body": "STOP"}
    )
    with pytest.raises(Conflict, match="came from outside"):
        undo_change.perform(vault, alice, change(stop))
    with pytest.raises(Conflict, match="no more texts"):
        send_text.perform(vault, alice, {"client": maria, "body": "Hello"})


def test_an_approved_booking_is_undone_and_not_proposed_again(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    waits = proposed(vault, alice, "book_job", {"client": maria, "title": "Heater"})
    given = {"proposal": waits.ref, "arguments_hash": waits.arguments_hash}
    done = approve_proposal.perform(vault, alice, given)
    undo_change.perform(vault, alice, change(done))
    assert scene.rows(vault, "job") == []
    card = show_proposal.ask(vault, alice, {"proposal": waits.ref})
    assert (card.state, card.rejection) == ("rejected", "Undone after it was approved.")
    with pytest.raises(Conflict, match="decided already"):
        approve_proposal.perform(vault, alice, given)


def test_an_approved_text_is_undone_while_it_waits(vault: Vault, alice: Actor) -> None:
    scene.with_addresses(vault)
    maria = scene.client(vault, alice)
    waits = proposed(vault, alice, "send_text", {"client": maria, "body": "Hello"})
    given = {"proposal": waits.ref, "arguments_hash": waits.arguments_hash}
    done = approve_proposal.perform(vault, alice, given)
    undo_last.perform(vault, alice)
    assert scene.outbox(vault) == [("sms", "cancelled")]
    assert show_proposal.ask(vault, alice, {"proposal": waits.ref}).state == "approved"
    with pytest.raises(Conflict):
        undo_change.perform(vault, alice, change(done))


def test_a_question_is_nothing_to_undo(vault: Vault, alice: Actor) -> None:
    scene.client(vault, alice, "Ana")
    asked = ask.perform(vault, alice, {"question": "Who comes?"})
    with pytest.raises(Conflict, match="nothing to undo"):
        undo_change.perform(vault, alice, change(asked))
    assert undo_last.perform(vault, alice).value.label == "Added client Ana"


def test_bob_undoes_his_own_acts_only(vault: Vault, alice: Actor, bob: Actor) -> None:
    maria = scene.client(vault, alice)
    job = scene.job(vault, alice, maria, goes=bob)
    alices = add_note.perform(vault, alice, {"about": job, "text": "Bring a ladder"})
    bobs = add_note.perform(vault, bob, {"about": job, "text": "Ladder was there"})
    with pytest.raises(NotFound):
        undo_change.perform(vault, bob, change(alices))
    undo_change.perform(vault, bob, change(bobs))
    assert len(scene.rows(vault, "note")) == 1
    with pytest.raises(NotFound):
        undo_last.perform(vault, bob)


def test_bob_undoes_nothing_where_he_goes_no_more(vault: Vault, alice: Actor, bob: Actor) -> None:
    maria = scene.client(vault, alice)
    job = scene.job(vault, alice, maria, goes=bob)
    done = add_note.perform(vault, bob, {"about": job, "text": "Ladder was there"})
    assign_visit.perform(vault, alice, {"visit": "V-1", "members": ["U-1"]})
    with pytest.raises(Forbidden, match="no longer work on"):
        undo_change.perform(vault, bob, change(done))
    undo_change.perform(vault, alice, change(done))
    assert scene.rows(vault, "note") == []


def test_claude_does_not_undo_what_it_could_not_do(vault: Vault, alice: Actor) -> None:
    off = set_switch.perform(vault, alice, {"name": "sms", "on": False})
    added = add_client.perform(vault, alice, {"name": "Ana"})
    claude = alice.assistant(1)
    with pytest.raises(Conflict, match="does not allow what this would change"):
        undo_change.perform(vault, claude, change(off))
    undo_change.perform(vault, claude, change(added))
    undo_change.perform(vault, alice, change(off))


def test_undoing_for_others_needs_the_right(vault: Vault, alice: Actor, dana: Actor) -> None:
    olga = scene.person(vault, alice, "Olga", Role.OFFICE)
    rita = scene.person(vault, alice, "Rita", Role.READONLY)
    done = add_client.perform(vault, alice, {"name": "Ana"})
    with pytest.raises(NotFound):
        undo_change.perform(vault, dana, change(done))
    with pytest.raises(Forbidden):
        undo_change.perform(vault, rita, change(done))
    undo_change.perform(vault, olga, change(done))


def test_carl_undoes_nothing_of_alices(vault: Vault, alice: Actor, carls_vault: Vault, carl: Actor) -> None:
    for name in ("Ana", "Sam", "Joe"):
        done = add_client.perform(vault, alice, {"name": name})
    with pytest.raises(NotFound):
        undo_change.perform(carls_vault, carl, change(done))
    assert len(scene.rows(vault, "client")) == 3
