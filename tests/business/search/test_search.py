"""Any record is found by its reference or its words, by whoever may read it."""

from __future__ import annotations

import pytest

from opsystem.business.clients.operations import add_property, archive_client
from opsystem.business.clients.persons.operations import add_person
from opsystem.business.conversations.operations import receive_text
from opsystem.business.files.operations import remove_file
from opsystem.business.jobs.operations import add_note
from opsystem.business.prices.operations import add_price
from opsystem.business.search.queries import search_records
from opsystem.kit.errors import Forbidden, Invalid
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene
from tests.business.files.test_files import add


@pytest.fixture
def maria(vault: Vault, alice: Actor) -> str:
    return scene.client(vault, alice, email="maria@example.com", company="Bayou Café")


def _refs(vault: Vault, actor: Actor, text: str, **more: object) -> list[str]:
    return [found.ref for found in search_records.ask(vault, actor, {"text": text, **more})]


@pytest.mark.parametrize(
    "words", ["alvarez", "ALVAREZ maria", "alv", "bayou cafe", "2285550142", "(228) 555-0142", "555 0142"]
)
def test_a_client_is_found_by_name_company_and_number(
    vault: Vault, alice: Actor, maria: str, words: str
) -> None:
    found = search_records.ask(vault, alice, {"text": words})[0]
    assert (found.ref, found.kind, found.title, found.client_name) == (
        maria, "client", "Maria Alvarez", "Maria Alvarez"
    )  # fmt: skip
    assert found.excerpt.startswith("Bayou Café · (228) 555-0142")


def test_what_stands_in_other_records_is_found_with_whose_it_is(
    vault: Vault, alice: Actor, maria: str
) -> None:
    add_property.perform(vault, alice, {"client": maria, "street": "12 Pecan St", "city": "Hurley"})
    job = scene.job(vault, alice, maria, "Water heater")
    add_note.perform(vault, alice, {"about": job, "text": "The dog is called Rex"})
    receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550142", "body": "Gate code is 4471"}
    )
    add(vault, alice, b"Quote", "quote-heater.txt", job=job, caption="Signed copy")
    for words, ref in (
        ("pecan", "P-1"),
        ("water", job),
        ("rex", "N-1"),
        ("4471", "M-1"),
        ("signed", "F-1"),
    ):
        found = search_records.ask(vault, alice, {"text": words})[0]
        assert (found.ref, found.client, found.client_name) == (ref, maria, "Maria Alvarez")


def test_a_reference_goes_before_words(vault: Vault, alice: Actor, maria: str) -> None:
    job = scene.job(vault, alice, maria, "Heater")
    add_note.perform(vault, alice, {"about": maria, "text": f"See {job} about the heater"})
    found = search_records.ask(vault, alice, {"text": job.lower()})
    assert [(row.ref, row.exact) for row in found] == [(job, True)]
    assert found[0].title == "Heater"
    assert _refs(vault, alice, job) == [job]
    assert _refs(vault, alice, f"{job} heater") == [job, "N-1"]
    assert _refs(vault, alice, "J-99") == []


def test_visits_are_found_through_their_jobs(vault: Vault, alice: Actor, bob: Actor, maria: str) -> None:
    scene.job(vault, alice, maria, "Heater", goes=bob)
    found = search_records.ask(vault, alice, {"text": "heater", "kinds": ["visit"]})
    assert [(row.ref, row.title) for row in found] == [("V-1", "Heater, Tue Nov 24, 2026, 9:00 AM")]
    assert _refs(vault, alice, "v-1") == ["V-1"]


def test_kinds_and_limit_narrow_what_is_found(vault: Vault, alice: Actor, maria: str) -> None:
    for number in range(5):
        scene.job(vault, alice, maria, f"Heater {number}")
    add_price.perform(vault, alice, {"name": "Heater flush", "price_cents": 100})
    assert _refs(vault, alice, "heater", kinds=["price"]) == ["S-1"]
    assert len(_refs(vault, alice, "heater", limit=3)) == 3
    with pytest.raises(Invalid):
        _refs(vault, alice, "heater", kinds=["turn"])


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "* OR NEAR(", "' OR 1=1 --", "title:maria^2", "-", "🏠", "%", "C-12 OR 1"]
)
def test_nothing_typed_is_ever_an_operator(vault: Vault, alice: Actor, maria: str, words: str) -> None:
    assert maria not in _refs(vault, alice, words)


def test_removed_files_are_gone_and_archived_clients_are_found(
    vault: Vault, alice: Actor, maria: str
) -> None:
    photo = add(vault, alice, b"Quote", "quote.txt", client=maria)
    remove_file.perform(vault, alice, {"file": photo})
    assert _refs(vault, alice, "quote") == []
    archive_client.perform(vault, alice, {"client": maria})
    assert maria in _refs(vault, alice, "alvarez")


def test_bob_finds_what_he_works_on_and_nothing_else(
    vault: Vault, alice: Actor, bob: Actor, maria: str
) -> None:
    his = scene.job(vault, alice, maria, "Heater", goes=bob)
    other = scene.job(vault, alice, maria, "Heater in the attic")
    for number in range(30):
        stranger = scene.client(vault, alice, f"Heater Man {number}", "")
        scene.job(vault, alice, stranger, "Heater heater heater")
    add_note.perform(vault, alice, {"about": other, "text": "Heater secret"})
    add_note.perform(vault, alice, {"about": his, "text": "Heater is old"})
    receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550142", "body": "Heater is loud"}
    )
    add_price.perform(vault, alice, {"name": "Heater flush", "price_cents": 100})
    assert set(_refs(vault, bob, "heater")) == {his, "N-2"}
    assert set(_refs(vault, bob, "heater", kinds=["message", "price", "client"])) == set()
    assert _refs(vault, bob, "alvarez", kinds=["client"]) == [maria]
    assert _refs(vault, bob, "heater", kinds=["visit"]) == ["V-1"]
    for hidden in (other, "C-2", "N-1", "M-1", "S-1", "U-1"):
        assert hidden not in _refs(vault, bob, hidden)


def test_a_technician_without_work_finds_nothing(vault: Vault, alice: Actor, bob: Actor, maria: str) -> None:
    add_price.perform(vault, alice, {"name": "Alvarez special", "price_cents": 100})
    assert maria not in _refs(vault, bob, "alvarez") + _refs(vault, bob, maria)
    assert _refs(vault, bob, "special") == []


def test_dana_finds_prices_but_no_messages(vault: Vault, alice: Actor, dana: Actor, maria: str) -> None:
    assert maria in _refs(vault, dana, "alvarez")
    receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550142", "body": "Drain smells"}
    )
    add_price.perform(vault, alice, {"name": "Drain", "price_cents": 100})
    assert _refs(vault, dana, "drain") == ["S-1"]
    assert _refs(vault, dana, "M-1 T-1") == []


def test_people_are_found_by_name_and_reference(vault: Vault, alice: Actor) -> None:
    assert _refs(vault, alice, "reyes") == ["U-1"]
    assert _refs(vault, alice, "U-1") == ["U-1"]


def test_a_contact_of_a_client_is_found_by_name(vault: Vault, alice: Actor, maria: str) -> None:
    add_person.perform(vault, alice, {"client": maria, "name": "Tadeusz Tenant", "role": "tenant"})
    [found] = search_records.ask(vault, alice, {"text": "tadeusz"})
    assert (found.kind, found.client) == ("person", maria)


def test_vendors_do_not_search(vault: Vault) -> None:
    with pytest.raises(Forbidden):
        search_records.ask(vault, scene.TWILIO, {"text": "alvarez"})


def test_carl_finds_nothing_of_alices(carls_vault: Vault, carl: Actor, maria: str) -> None:
    assert _refs(carls_vault, carl, "alvarez") + _refs(carls_vault, carl, maria) == []
