"""Everything that was done is told: what, by whom, when, in people's words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opsystem.business.asking.operations import approve_proposal
from opsystem.business.clients.operations import edit_client
from opsystem.business.conversations.operations import mark_read, receive_text, send_text
from opsystem.business.history.operations import undo_change
from opsystem.business.history.queries import list_history, show_change
from opsystem.business.history.records import FieldChange
from opsystem.business.history.timeline import client_timeline
from opsystem.business.jobs.operations import add_note, move_visit
from opsystem.business.prices.operations import add_price
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from tests.business import scene
from tests.business.asking.stage import proposed


def test_the_newest_act_is_told_first_with_its_actor(vault: Vault, alice: Actor) -> None:
    scene.client(vault, alice, "Ana Ruiz")
    rows = list_history.ask(vault, alice).rows
    assert [(row.label, row.actor_name, row.actor_kind) for row in rows[:2]] == [
        ("Added client Ana Ruiz", "Alice Reyes", "person"),
        ("Founded Gulf Plumbing", "Alice Reyes", "person"),
    ]


def test_the_history_can_be_narrowed(vault: Vault, alice: Actor, bob: Actor) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice), goes=bob)
    add_note.perform(vault, bob, {"about": job, "text": "Done"})
    assert list_history.ask(vault, alice, {"actor": "bob"}).total == 1
    assert list_history.ask(vault, alice, {"since": clock.now() + timedelta(hours=1)}).total == 0


def test_routine_is_left_out_unless_asked_for(vault: Vault, alice: Actor) -> None:
    came = receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550142", "body": "Hi"}
    ).value
    before = list_history.ask(vault, alice).total
    mark_read.perform(vault, alice, {"thread": came.thread})
    assert list_history.ask(vault, alice).total == before
    assert list_history.ask(vault, alice, {"routine": True}).total == before + 1


def test_a_change_is_told_field_by_field(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    done = edit_client.perform(
        vault, alice, {"client": maria, "name": "Maria Alvarez-Cole", "phone": "2285550177"}
    )
    told = show_change.ask(vault, alice, {"change": make_ref("change", done.change_set_id or 0)})
    record = told.records[0]
    assert (record.kind, record.ref, record.action) == ("client", maria, "changed")
    assert record.fields == [
        FieldChange("Name", "Maria Alvarez", "Maria Alvarez-Cole"),
        FieldChange("Phone", "(228) 555-0142", "(228) 555-0177"),
    ]


def test_times_are_told_by_the_businesss_clock_and_amounts_in_dollars(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    scene.job(vault, alice, scene.client(vault, alice), goes=bob)
    moved = move_visit.perform(vault, alice, {"visit": "V-1", "starts_at": "2026-11-25T16:30:00Z"})
    told = show_change.ask(vault, alice, {"change": make_ref("change", moved.change_set_id or 0)})
    starts = next(field for field in told.records[0].fields if field.label == "Starts")
    assert (starts.before, starts.after) == ("Tue Nov 24, 2026, 9:00 AM", "Wed Nov 25, 2026, 10:30 AM")
    priced = add_price.perform(vault, alice, {"name": "Drain", "price_cents": 12550})
    told = show_change.ask(vault, alice, {"change": make_ref("change", priced.change_set_id or 0)})
    assert FieldChange("Price", None, "$125.50") in told.records[0].fields


def test_a_booking_names_whom_and_what_it_made(vault: Vault, alice: Actor, bob: Actor) -> None:
    scene.job(vault, alice, scene.client(vault, alice), goes=bob)
    row = list_history.ask(vault, alice).rows[0]
    told = show_change.ask(vault, alice, {"change": row.ref})
    assert [record.kind for record in told.records] == ["job", "visit", "assignment"]
    job = told.records[0]
    assert FieldChange("Client", None, "Maria Alvarez, (228) 555-0142 (C-1)") in job.fields
    assert not [field for field in job.fields if field.before is None and field.after in {None, "", "No"}]


def test_a_clients_timeline_tells_everything_about_it(vault: Vault, alice: Actor, bob: Actor) -> None:
    scene.with_addresses(vault)
    maria = scene.client(vault, alice)
    sam = scene.client(vault, alice, "Sam Lee", "2285550199")
    job = scene.job(vault, alice, maria, goes=bob)
    scene.job(vault, alice, sam)
    add_note.perform(vault, bob, {"about": job, "text": "Ladder was there"})
    send_text.perform(vault, alice, {"client": maria, "body": "Bob comes at 9"})
    receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550142", "body": "Code is 4471"}
    )
    told = client_timeline.ask(vault, alice, {"client": maria})
    assert [(row.kind, row.change.actor_name) for row in told.rows] == [
        ("message", "twilio"),
        ("message", "Alice Reyes"),
        ("note", "Bob Tran"),
        ("visit", "Alice Reyes"),
        ("client", "Alice Reyes"),
    ]
    bodies = [row.message.body for row in told.rows if row.message is not None]
    assert bodies == ["Code is 4471", "Bob comes at 9"]
    assert told.total == 5


def test_bobs_timeline_holds_his_own_work_only(vault: Vault, alice: Actor, bob: Actor) -> None:
    scene.with_addresses(vault)
    maria = scene.client(vault, alice)
    his, other = scene.job(vault, alice, maria, goes=bob), scene.job(vault, alice, maria, "Secret roof")
    add_note.perform(vault, alice, {"about": other, "text": "Secret note"})
    add_note.perform(vault, alice, {"about": his, "text": "Bring a ladder"})
    send_text.perform(vault, alice, {"client": maria, "body": "Secret words"})
    waits = proposed(vault, alice, "send_text", {"client": maria, "body": "Secret plan"})
    approve_proposal.perform(vault, alice, {"proposal": waits.ref, "arguments_hash": waits.arguments_hash})
    told = client_timeline.ask(vault, bob, {"client": maria})
    assert [row.kind for row in told.rows] == ["note", "visit", "client"]
    assert told.total == 3
    assert "ecret" not in repr(told)
    assert not any(row.change.is_undoable for row in told.rows)
    stranger = scene.client(vault, alice, "Sam Lee")
    with pytest.raises(NotFound):
        client_timeline.ask(vault, bob, {"client": stranger})


def test_dana_reads_no_messages_in_it(vault: Vault, alice: Actor, dana: Actor) -> None:
    scene.with_addresses(vault)
    maria = scene.client(vault, alice)
    send_text.perform(vault, alice, {"client": maria, "body": "Secret words"})
    told = client_timeline.ask(vault, dana, {"client": maria})
    assert [row.kind for row in told.rows] == ["client"]


def test_the_history_is_for_who_may_read_it(vault: Vault, alice: Actor, bob: Actor, dana: Actor) -> None:
    scene.client(vault, alice)
    for actor in (bob, dana):
        with pytest.raises(Forbidden):
            list_history.ask(vault, actor)
        with pytest.raises(Forbidden):
            show_change.ask(vault, actor, {"change": "H-1"})
    rita = scene.person(vault, alice, "Rita", Role.READONLY)
    rows = list_history.ask(vault, rita).rows
    assert rows
    assert not any(row.is_undoable for row in rows)


def test_an_undone_act_says_so(vault: Vault, alice: Actor) -> None:
    scene.client(vault, alice)
    undo_change.perform(vault, alice, {"change": "H-2"})
    told = show_change.ask(vault, alice, {"change": "H-2"})
    assert (told.change.undone_by, told.change.is_undoable) == ("H-3", False)


def test_carl_reads_his_own_history(carls_vault: Vault, carl: Actor, vault: Vault, alice: Actor) -> None:
    scene.client(vault, alice)
    assert [row.label for row in list_history.ask(carls_vault, carl).rows] == ["Founded Carl's Roofs"]
    with pytest.raises(NotFound):
        show_change.ask(carls_vault, carl, {"change": "H-2"})
