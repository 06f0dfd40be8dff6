"""What one turn of Claude, or one import, did is undone as one act, all or none, and can be done again."""

from __future__ import annotations

import pytest

from opsystem.business.asking.operations import approve_proposal
from opsystem.business.clients.operations import add_client, edit_client
from opsystem.business.history.operations import undo_change, undo_together
from opsystem.business.history.planning import show_undo
from opsystem.business.history.queries import list_history, show_change
from opsystem.business.jobs.operations import add_note, book_job
from opsystem.kit.errors import Conflict, NotFound
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from opsystem.vault.journals.checking import check_journal
from tests.business import scene
from tests.business.asking.stage import asked, proposed
from tests.business.digest import digest


def turn_of_three(vault: Vault, alice: Actor) -> tuple[int, str]:
    """Let Claude add a client, book a job and write a note in a turn; return the last act and the client."""
    claude = alice.assistant(asked(vault, alice))
    ana = add_client.perform(vault, claude, {"name": "Ana Ruiz", "phone": "2285550142"}).value.ref
    job = book_job.perform(vault, claude, {"client": ana, "title": "Heater"}).value.ref
    return add_note.perform(vault, claude, {"about": job, "text": "Ring twice"}).change_set_id or 0, ana


def test_a_whole_turn_is_undone_and_done_again(vault: Vault, alice: Actor) -> None:
    asked(vault, alice)
    before = digest(vault)
    last, _ = turn_of_three(vault, alice)
    after = digest(vault)
    assert show_change.ask(vault, alice, {"change": f"H-{last}"}).together == 3
    plan = show_undo.ask(vault, alice, {"change": f"H-{last}", "together": True})
    assert (len(plan.acts), plan.whole) == (3, True)
    done = undo_together.perform(vault, alice, {"change": f"H-{last}"}).value
    for table in ("client", "job", "note"):
        assert digest(vault)[table] == before[table]
    assert (done.acts, list_history.ask(vault, alice).rows[0].label) == (3, "Undid: what Claude did (3 acts)")
    undo_change.perform(vault, alice, {"change": done.ref})
    assert {name: digest(vault)[name] for name in ("client", "job", "note")} == {
        name: after[name] for name in ("client", "job", "note")
    }
    assert list_history.ask(vault, alice).rows[0].label == "Did again: what Claude did (3 acts)"
    assert check_journal(vault).problems == []


def test_one_thing_in_the_way_keeps_all_and_the_rest_can_be_chosen(vault: Vault, alice: Actor) -> None:
    last, ana = turn_of_three(vault, alice)
    since = edit_client.perform(vault, alice, {"client": ana, "notes": "Has a dog."}).change_set_id
    before = digest(vault)
    with pytest.raises(Conflict, match="changed again since"):
        undo_together.perform(vault, alice, {"change": f"H-{last}"})
    assert digest(vault) == before
    plan = show_undo.ask(vault, alice, {"change": f"H-{last}", "together": True})
    told = [field.in_the_way for act in plan.acts for one in act.records for field in one.fields]
    assert told == [f"was changed since, by Alice Reyes (H-{since})"]
    assert (plan.whole, plan.partly) == (False, True)
    assert undo_together.perform(vault, alice, {"change": f"H-{last}", "rest": True}).value.acts == 2
    assert len(scene.rows(vault, "client")) == 1
    assert scene.rows(vault, "job") == scene.rows(vault, "note") == []
    assert check_journal(vault).problems == []


def test_what_has_left_stays_and_blocks_the_whole_turn(vault: Vault, alice: Actor) -> None:
    scene.with_addresses(vault)
    maria = scene.client(vault, alice)
    waits = proposed(vault, alice, "send_text", {"client": maria, "body": "Hello"})
    given = {"proposal": waits.ref, "arguments_hash": waits.arguments_hash}
    sent = approve_proposal.perform(vault, alice, given).change_set_id
    with vault.mechanics() as session:
        session.execute(vault.schema.tables.outbox.update().values(state="accepted"))
    with pytest.raises(Conflict, match="already left the building"):
        undo_together.perform(vault, alice, {"change": f"H-{sent}"})
    row = show_change.ask(vault, alice, {"change": f"H-{sent}"}).change
    assert row.correct_in == "T-1"


def test_an_import_is_undone_as_one(vault: Vault, alice: Actor) -> None:
    before = digest(vault)
    for name in ("Ana", "Bo", "Cy"):
        done = add_client.perform(vault, alice, {"name": name}, batch="import-7")
    add_client.perform(vault, alice, {"name": "Di"}, batch="import-8")
    undo_together.perform(vault, alice, {"change": f"H-{done.change_set_id}"})
    assert list_history.ask(vault, alice).rows[0].label == "Undid: an import (3 acts)"
    assert len(scene.rows(vault, "client")) == 1
    with pytest.raises(NotFound, match="nothing of this left"):
        undo_together.perform(vault, alice, {"change": f"H-{done.change_set_id}"})
    undo_together.perform(vault, alice, {"change": f"H-{(done.change_set_id or 0) + 1}"})
    assert digest(vault) == before


def test_undoing_together_needs_the_rights_to_each(vault: Vault, alice: Actor) -> None:
    rita = scene.person(vault, alice, "Rita", Role.BOOKKEEPER)
    done = add_client.perform(vault, alice, {"name": "Ana"}, batch="import-7")
    with pytest.raises(NotFound):
        undo_together.perform(vault, rita, {"change": f"H-{done.change_set_id}"})
    with pytest.raises(NotFound):
        show_undo.ask(vault, rita, {"change": f"H-{done.change_set_id}"})
