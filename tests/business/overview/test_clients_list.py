"""Promises about the list of clients."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from opsystem.business.clients.operations import add_client, archive_client, edit_client
from opsystem.business.conversations.models import Thread
from opsystem.business.jobs.operations import book_job, cancel_visit
from opsystem.business.overview.queries import list_clients
from opsystem.operations import Actor
from opsystem.vault import Author, Vault

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def _add(vault: Vault, actor: Actor, *names: str) -> None:
    for name in names:
        add_client.perform(vault, actor, {"name": name})


def _names(vault: Vault, actor: Actor, **given: object) -> list[str]:
    return [row.name for row in list_clients.ask(vault, actor, given, at=NOW).rows]


def test_names_are_sorted_as_people_look_them_up(vault: Vault, alice: Actor) -> None:
    _add(vault, alice, "Zoe", "de Vries", "Devlin", "ana")
    assert _names(vault, alice) == ["ana", "de Vries", "Devlin", "Zoe"]
    assert _names(vault, alice, sort="newest") == ["ana", "Devlin", "de Vries", "Zoe"]


def test_fifty_clients_stand_on_a_page(vault: Vault, alice: Actor) -> None:
    _add(vault, alice, *(f"Client {number:02d}" for number in range(53)))
    page = list_clients.ask(vault, alice, {"page": 2})
    assert [row.name for row in page.rows] == ["Client 50", "Client 51", "Client 52"]
    assert (page.total, page.number, page.last) == (53, 2, 2)
    searched = list_clients.ask(vault, alice, {"text": "client", "page": 2})
    assert (len(searched.rows), searched.total) == (3, 53)
    assert list_clients.ask(vault, alice, {"page": 9}).rows == []


@pytest.mark.parametrize(
    "text", ["alva", "ALVAREZ maria", "5550142", "(228) 555-0142", "maria@", "oak", "Acme", "álvarez"]
)
def test_a_client_is_found_by_what_people_remember(vault: Vault, alice: Actor, text: str) -> None:
    given = {"name": "Maria Alvarez", "phone": "228-555-0142", "email": "maria@example.com"}
    place = {"company": "Acme Homes", "street": "12 Oak St", "city": "Hurley"}
    add_client.perform(vault, alice, {**given, **place})
    _add(vault, alice, "Zoe Kim")
    assert _names(vault, alice, text=text) == ["Maria Alvarez"]


def test_what_is_typed_is_never_an_operator(vault: Vault, alice: Actor) -> None:
    _add(vault, alice, "Maria Alvarez")
    for text in ('"', "NEAR(", "a OR b", "name:x", "*", "-", "Maria AND"):
        assert _names(vault, alice, text=text) in ([], ["Maria Alvarez"])


def test_a_renamed_client_is_found_by_the_new_name_only(vault: Vault, alice: Actor) -> None:
    _add(vault, alice, "Maria Alvarez")
    edit_client.perform(vault, alice, {"client": "C-1", "name": "Maria Kim"})
    assert _names(vault, alice, text="kim") == ["Maria Kim"]
    assert _names(vault, alice, text="alvarez") == []


def test_archived_clients_are_listed_only_when_asked_for(vault: Vault, alice: Actor) -> None:
    _add(vault, alice, "Ana", "Tom")
    archive_client.perform(vault, alice, {"client": "C-2"})
    assert _names(vault, alice) == ["Ana"]
    assert _names(vault, alice, archived="archived") == ["Tom"]
    assert _names(vault, alice, archived="all") == ["Ana", "Tom"]


def test_the_next_visit_stands_beside_the_client(vault: Vault, alice: Actor) -> None:
    _add(vault, alice, "Ana", "Bea", "Cleo")
    for client, day in (("C-1", 26), ("C-1", 25), ("C-1", 20), ("C-2", 24)):
        given = {"client": client, "title": "Faucet", "starts_at": f"2026-11-{day}T09:00"}
        book_job.perform(vault, alice, given)
    rows = {row.name: row.next_visit for row in list_clients.ask(vault, alice, at=NOW).rows}
    assert rows["Ana"] is not None
    assert (rows["Ana"].ref, rows["Ana"].local_start.isoformat()) == ("V-2", "2026-11-25T09:00:00-06:00")
    assert rows["Cleo"] is None
    assert _names(vault, alice, sort="next_visit") == ["Bea", "Ana", "Cleo"]
    cancel_visit.perform(vault, alice, {"visit": "V-4"})
    assert _names(vault, alice, sort="next_visit") == ["Ana", "Bea", "Cleo"]


def test_the_last_contact_is_told_to_who_may_read_messages(vault: Vault, alice: Actor, dana: Actor) -> None:
    _add(vault, alice, "Ana", "Bea")
    author = Author("vendor", "twilio", "twilio", "receive_text", "Received a text")
    with vault.writing(author, NOW) as (session, _):
        session.add(Thread(channel="sms", address="+12285550142", client_id=2, last_at=NOW))
    contacts = {row.name: row.last_contact_at for row in list_clients.ask(vault, alice).rows}
    assert contacts == {"Ana": None, "Bea": NOW}
    assert _names(vault, alice, sort="last_contact") == ["Bea", "Ana"]
    assert [row.last_contact_at for row in list_clients.ask(vault, dana).rows] == [None, None]
    assert _names(vault, dana, sort="last_contact") == ["Ana", "Bea"]
