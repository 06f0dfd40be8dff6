"""What is older than the business wants to keep goes from the journal; who did what and when stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from opsystem.business.clients.operations import add_client, edit_client
from opsystem.business.history.keeping import (
    drop_old_details,
    keep_history_for,
    months_before,
    next_drop,
)
from opsystem.business.history.operations import undo_change
from opsystem.business.history.queries import list_history, show_change
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Forbidden
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from opsystem.vault.database import driver_connection
from opsystem.vault.journals.chain_check import ChainReport, check_chain
from opsystem.vault.journals.chain_reading import read_chain
from tests.business import scene

SYSTEM = Actor.system()


def report(vault: Vault) -> ChainReport:
    with vault.reading() as session:
        return check_chain(read_chain(driver_connection(session.connection())), vault.signer.public)


def images(vault: Vault) -> int:
    with vault.reading() as session:
        return (
            session.scalar(text("SELECT count(*) FROM change WHERE before IS NOT NULL OR after IS NOT NULL"))
            or 0
        )


def test_details_go_after_two_years_and_the_rest_stays(vault: Vault, alice: Actor) -> None:
    first = add_client.perform(vault, alice, {"name": "Ana Ruiz"})
    due = next_drop.ask(vault, SYSTEM)
    assert due is not None
    assert due - clock.now() > timedelta(days=729)
    later = clock.now() + timedelta(days=800)
    young = edit_client.perform(vault, alice, {"client": first.value.ref, "name": "Ana R."}, at=later)
    assert drop_old_details.perform(vault, SYSTEM, at=later).value > 0
    assert report(vault).problems == []
    row = next(row for row in list_history.ask(vault, alice).rows if row.label == "Added client Ana Ruiz")
    assert (row.actor_name, row.is_undoable) == ("Alice Reyes", False)
    assert "no longer kept" in (row.obstacle or "")
    assert show_change.ask(vault, alice, {"change": row.ref}).records[0].fields == []
    undo_change.perform(vault, alice, {"change": f"H-{young.change_set_id}"}, at=later)
    assert "Ana Ruiz" in scene.rows(vault, "client")[0]
    assert report(vault).problems == []


def test_nothing_young_is_dropped(vault: Vault, alice: Actor) -> None:
    scene.client(vault, alice)
    before = images(vault)
    assert drop_old_details.perform(vault, SYSTEM).value == 0
    assert images(vault) == before


def test_the_owner_chooses_how_long(vault: Vault, alice: Actor, bob: Actor) -> None:
    old = datetime(2026, 1, 31, tzinfo=UTC)
    keep_history_for.perform(vault, alice, {"months": 6})
    scene.client(vault, alice)
    assert drop_old_details.perform(vault, SYSTEM, at=clock.now() + timedelta(days=200)).value > 0
    assert months_before(old, 11) == datetime(2025, 2, 28, tzinfo=UTC)
    with pytest.raises(Forbidden):
        keep_history_for.perform(vault, bob, {"months": 6})
    with pytest.raises(Forbidden):
        drop_old_details.perform(vault, scene.person(vault, alice, "Adam", Role.ADMIN))


def test_what_was_dropped_cannot_be_undone_by_force(vault: Vault, alice: Actor) -> None:
    done = add_client.perform(vault, alice, {"name": "Ana"})
    drop_old_details.perform(vault, SYSTEM, at=clock.now() + timedelta(days=900))
    with pytest.raises(Conflict, match="no longer kept"):
        undo_change.perform(vault, alice, {"change": f"H-{done.change_set_id}"})
    assert len(scene.rows(vault, "client")) == 1
