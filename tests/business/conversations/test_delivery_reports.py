"""Reports about a message join on a lattice: late, double and swapped ones never move it back."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import insert, select

from opsystem.business.conversations.operations import note_delivery, send_text, set_message_state
from opsystem.business.conversations.queries import show_message
from opsystem.kit.errors import Conflict, Forbidden, NotFound
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene


@pytest.fixture
def sent(vault: Vault, alice: Actor) -> str:
    """Return a text on its way, known to Twilio as SM9 and to us by the token `tok`."""
    scene.with_addresses(vault)
    ref = send_text.perform(vault, alice, {"client": scene.client(vault, alice), "body": "Hello"}).value.ref
    tables = vault.schema.tables
    with vault.mechanics() as session:
        number = session.scalar(select(tables.outbox.c.id))
        session.execute(tables.outbox.update().values(state="sending"))
        session.execute(
            insert(tables.attempt).values(outbox_id=number, number=1, token="tok", intent_at=scene.MONDAY)
        )
    return ref


def _state(vault: Vault, alice: Actor, ref: str) -> str:
    return show_message.ask(vault, alice, {"message": ref}).state


@pytest.mark.parametrize("order", list(permutations(["accepted", "sent", "delivered"])))
def test_in_whatever_order_reports_come_the_furthest_counts(
    vault: Vault, alice: Actor, sent: str, order: tuple[str, ...]
) -> None:
    for state in (*order, *order):
        note_delivery.perform(vault, scene.TWILIO, {"token": "tok", "vendor_id": "SM9", "state": state})
    assert _state(vault, alice, sent) == "delivered"


def test_a_report_is_found_by_the_vendors_own_id_too(vault: Vault, alice: Actor, sent: str) -> None:
    set_message_state.perform(vault, scene.SYSTEM, {"message": sent, "state": "accepted", "vendor_id": "SM9"})
    note_delivery.perform(
        vault, scene.TWILIO, {"vendor_id": "SM9", "state": "failed", "problem": "The phone is off."}
    )
    told = show_message.ask(vault, alice, {"message": sent})
    assert (told.state, told.problem) == ("failed", "The phone is off.")


def test_what_we_note_late_does_not_undo_what_the_vendor_told(vault: Vault, alice: Actor, sent: str) -> None:
    note_delivery.perform(vault, scene.TWILIO, {"token": "tok", "vendor_id": "SM9", "state": "delivered"})
    set_message_state.perform(vault, scene.SYSTEM, {"message": sent, "state": "accepted", "vendor_id": "SM9"})
    assert _state(vault, alice, sent) == "delivered"


def test_what_the_vendor_did_not_take_may_wait_again(vault: Vault, alice: Actor, sent: str) -> None:
    for state in ("sending", "queued", "sending", "needs_human", "accepted"):
        set_message_state.perform(vault, scene.SYSTEM, {"message": sent, "state": state})
        assert _state(vault, alice, sent) == state


def test_a_report_about_an_unknown_message_is_kept_for_later(vault: Vault) -> None:
    with pytest.raises(NotFound):
        note_delivery.perform(vault, scene.TWILIO, {"vendor_id": "SM404", "state": "sent"})


def test_a_vendor_that_says_stopped_is_believed(vault: Vault, alice: Actor, sent: str) -> None:
    set_message_state.perform(
        vault, scene.SYSTEM, {"message": sent, "state": "failed", "problem": "Opted out.", "opted_out": True}
    )
    with pytest.raises(Conflict, match="no more texts"):
        send_text.perform(vault, alice, {"client": "C-1", "body": "Hello"})


def test_people_do_not_report_deliveries(vault: Vault, alice: Actor, sent: str) -> None:
    with pytest.raises(Forbidden):
        note_delivery.perform(vault, alice, {"vendor_id": "SM9", "state": "delivered"})
    with pytest.raises(Forbidden):
        set_message_state.perform(vault, alice, {"message": sent, "state": "delivered"})
