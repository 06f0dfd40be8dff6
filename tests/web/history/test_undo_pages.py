"""Undo on the pages: at once where nothing is in the way, else shown first and decided by a person."""

from __future__ import annotations

import pytest
from django.test import Client
from sqlalchemy import select

from opsystem.business.clients.models import Client as ClientRow
from opsystem.business.clients.operations import add_client, edit_client
from opsystem.business.conversations.operations import send_text
from opsystem.business.profile.channels import assign_addresses
from opsystem.operations import Actor
from tests.lifecycle.office import Office, browser_of


@pytest.fixture
def alice(office: Office) -> Client:
    return browser_of(office.alice)


def text_of(browser: Client, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def in_the_way(office: Office) -> int:
    """Let Alice edit two fields and Bo change one of them since; return the number of Alice's act."""
    owner = office.actor(office.alice)
    ref = add_client.perform(office.vault, owner, {"name": "Ana Ruiz"}).value.ref
    given = {"client": ref, "name": "Ana R.", "notes": "Has a dog."}
    done = edit_client.perform(office.vault, owner, given)
    bo = office.actor(office.hire("Bo", "office"))
    edit_client.perform(office.vault, bo, {"client": ref, "name": "Ana Ruiz-Berg"})
    return done.change_set_id or 0


def test_what_is_in_the_way_is_shown_and_the_rest_put_back(office: Office, alice: Client) -> None:
    number = in_the_way(office)
    page = office.path(f"history/{number}/undo")
    refused = alice.post(page)
    assert refused["Location"] == page
    told = text_of(alice, page)
    for words in ("Something is in the way", "by Bo (H-", "“Ana Ruiz”", "“Ana R.”", "“Ana Ruiz-Berg”"):
        assert words in told
    assert "Put back the rest" in told
    done = alice.post(page, {"rest": "1", "from": "plan"})
    assert done["Location"] == office.path(f"history/{number}")
    with office.vault.reading() as session:
        row = session.get_one(ClientRow, 1)
    assert (row.name, row.notes) == ("Ana Ruiz-Berg", "")


def test_an_undo_is_offered_again_as_a_redo(office: Office, alice: Client) -> None:
    owner = office.actor(office.alice)
    made = add_client.perform(office.vault, owner, {"name": "Ana Ruiz"}).change_set_id
    page = office.path(f"history/{made}/undo")
    assert "Nothing is in the way" in text_of(alice, page)
    alice.post(page, {"from": "plan"})
    assert "Redo" in text_of(alice, office.path("history"))


def test_what_one_import_did_is_undone_together(office: Office, alice: Client) -> None:
    owner = office.actor(office.alice)
    for name in ("Ana", "Bo", "Cy"):
        done = add_client.perform(office.vault, owner, {"name": name}, batch="import-1")
    number = done.change_set_id
    assert "This is one of 3 acts of one import" in text_of(alice, office.path(f"history/{number}"))
    page = office.path(f"history/{number}/undo")
    plan = text_of(alice, f"{page}?together=1")
    assert all(f"Added client {name}" in plan for name in ("Ana", "Bo", "Cy"))
    alice.post(page, {"together": "1", "from": "plan"})
    with office.vault.reading() as session:
        assert session.scalars(select(ClientRow)).all() == []


def test_what_has_left_says_so_and_offers_a_correction(office: Office, alice: Client) -> None:
    owner = office.actor(office.alice)
    assign_addresses.perform(office.vault, Actor.system(), {"sms_number": "+12285550100"})
    ref = add_client.perform(office.vault, owner, {"name": "Ana Ruiz", "phone": "2285550142"}).value.ref
    sent = send_text.perform(office.vault, owner, {"client": ref, "body": "We come at nine"})
    with office.vault.mechanics() as session:
        session.execute(office.vault.schema.tables.outbox.update().values(state="accepted"))
    told = text_of(alice, office.path(f"history/{sent.change_set_id}"))
    assert "already left the building" in told
    assert f"{office.path('inbox/1')}?draft=A%20correction%3A%20" in told
    assert "A correction: " in text_of(alice, f"{office.path('inbox/1')}?draft=A%20correction%3A%20")


def test_how_long_details_are_kept_is_said_and_chosen(office: Office, alice: Client) -> None:
    add_client.perform(office.vault, office.actor(office.alice), {"name": "Ana"})
    assert "kept for 24 months" in text_of(alice, office.path("history"))
    assert alice.post(office.path("history/keeping"), {"months": "12"})["Location"] == office.path("history")
    assert "kept for 12 months" in text_of(alice, office.path("history"))
    assert alice.post(office.path("history/keeping"), {"months": "900"}).status_code == 422
