"""Promises about writing clients and their properties down."""

from __future__ import annotations

from typing import Any

import pytest

from opsystem.business.clients.operations import (
    add_client,
    add_property,
    archive_client,
    edit_client,
    edit_property,
    restore_client,
)
from opsystem.business.jobs.operations import add_note
from opsystem.business.overview.queries import show_client
from opsystem.kit.errors import Conflict, Forbidden, Invalid, NotFound
from opsystem.operations import Actor, ApprovalNeeded
from opsystem.vault import Vault
from tests.business.digest import digest


def test_a_client_with_a_first_property_is_one_entry(vault: Vault, alice: Actor) -> None:
    given = {"name": " Ana Ruiz ", "phone": "228.555.0142", "email": " ANA@Example.com"}
    added = add_client.perform(vault, alice, {**given, "street": "12 Oak St", "city": "Hurley"})
    assert (added.value.ref, added.value.property) == ("C-1", "P-1")
    page = show_client.ask(vault, alice, {"client": "C-1"})
    assert (page.client.name, page.client.phone, page.client.email) == (
        "Ana Ruiz",
        "+12285550142",
        "ana@example.com",
    )


def test_an_empty_form_field_is_nothing(vault: Vault, alice: Actor) -> None:
    empty = dict.fromkeys(("phone", "email", "company", "street", "city", "state", "postcode"), "")
    assert add_client.perform(vault, alice, {"name": "Ana", **empty}).value.property is None
    client = show_client.ask(vault, alice, {"client": "C-1"}).client
    assert (client.phone, client.email, client.company) == (None, None, None)


def test_a_name_is_one_line_that_reads_as_it_is_written(vault: Vault, alice: Actor) -> None:
    add_client.perform(vault, alice, {"name": "Ana\n\tRuiz\u202e\x07", "notes": "One\nTwo"})
    client = show_client.ask(vault, alice, {"client": "C-1"}).client
    assert (client.name, client.notes) == ("Ana Ruiz", "One\nTwo")
    with pytest.raises(Invalid):
        add_client.perform(vault, alice, {"name": "\u202e \x07"})


BAD: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"name": ""}, {"name": "This is needed."}),
    ({"name": None}, {"name": "This must be text."}),
    ({"phone": "12"}, {"phone": "Give a phone number with its area code, like (228) 555-0142."}),
    ({"phone": 5}, {"phone": "This must be text."}),
    ({"email": "ana@"}, {"email": "Give an email address like ana@example.com."}),
    ({"email": "ana@example"}, {"email": "Give an email address like ana@example.com."}),
    ({"street": "12 Oak St"}, {"city": "Give the city."}),
    ({"postcode": "54534"}, {"street": "Give the street and house number.", "city": "Give the city."}),
    (
        {"phone": "x", "email": "x"},
        {
            "phone": "Give a phone number with its area code, like (228) 555-0142.",
            "email": "Give an email address like ana@example.com.",
        },
    ),
]


@pytest.mark.parametrize(("given", "fields"), BAD)
def test_bad_input_is_answered_at_its_fields(
    vault: Vault, alice: Actor, given: dict[str, Any], fields: dict[str, str]
) -> None:
    before = digest(vault)
    with pytest.raises(Invalid) as caught:
        add_client.perform(vault, alice, {"name": "Ana", **given})
    assert caught.value.fields == fields
    assert digest(vault) == before


def test_editing_changes_what_is_given_and_clears_what_is_empty(vault: Vault, alice: Actor) -> None:
    add_client.perform(vault, alice, {"name": "Ana", "phone": "2285550142", "company": "Acme"})
    edit_client.perform(vault, alice, {"client": "C-1", "phone": "", "notes": "Has a dog."})
    client = show_client.ask(vault, alice, {"client": "C-1"}).client
    assert (client.name, client.phone, client.company, client.notes) == ("Ana", None, "Acme", "Has a dog.")


def test_editing_nothing_writes_no_history(vault: Vault, alice: Actor) -> None:
    add_client.perform(vault, alice, {"name": "Ana"})
    assert edit_client.perform(vault, alice, {"client": "C-1", "name": "Ana"}).change_set_id is None


def test_a_client_is_archived_once_and_comes_back(vault: Vault, alice: Actor) -> None:
    add_client.perform(vault, alice, {"name": "Ana"})
    with pytest.raises(Conflict, match="Ana is not archived"):
        restore_client.perform(vault, alice, {"client": "C-1"})
    archive_client.perform(vault, alice, {"client": "C-1"})
    with pytest.raises(Conflict, match="Ana is already archived"):
        archive_client.perform(vault, alice, {"client": "C-1"})
    client = show_client.ask(vault, alice, {"client": "C-1"}).client
    assert client.archived_by == "Alice Reyes"
    restore_client.perform(vault, alice, {"client": "C-1"})
    assert show_client.ask(vault, alice, {"client": "C-1"}).client.archived_at is None


def test_a_property_keeps_street_and_city(vault: Vault, alice: Actor) -> None:
    add_client.perform(vault, alice, {"name": "Ana"})
    add_property.perform(vault, alice, {"client": "C-1", "street": "12 Oak St", "city": "Hurley"})
    edit_property.perform(vault, alice, {"property": "P-1", "label": "Shop", "access_notes": "Code 4411"})
    with pytest.raises(Invalid) as caught:
        edit_property.perform(vault, alice, {"property": "P-1", "city": ""})
    assert caught.value.fields == {"city": "Give the city."}
    [place] = show_client.ask(vault, alice, {"client": "C-1"}).properties
    assert (place.label, place.city, place.access_notes) == ("Shop", "Hurley", "Code 4411")


def test_dana_writes_notes_and_changes_no_client(vault: Vault, alice: Actor, dana: Actor) -> None:
    add_client.perform(vault, alice, {"name": "Ana"})
    note = add_note.perform(vault, dana, {"about": "C-1", "text": "Paid in cash."}).value
    assert (note.about, note.author) == ("C-1", "Dana Cole")
    with pytest.raises(Forbidden):
        edit_client.perform(vault, dana, {"client": "C-1", "name": "Ann"})


def test_a_note_needs_words_and_something_to_be_about(vault: Vault, alice: Actor) -> None:
    for given, field in (({"about": "C-1", "text": " "}, "text"), ({"about": "V-1", "text": "x"}, "about")):
        with pytest.raises(Invalid) as caught:
            add_note.perform(vault, alice, given)
        assert caught.value.fields.keys() == {field}
    with pytest.raises(NotFound):
        add_note.perform(vault, alice, {"about": "J-1", "text": "x"})


def test_claude_redirects_nobody_after_reading_words_from_outside(vault: Vault, alice: Actor) -> None:
    add_client.perform(vault, alice, {"name": "Ana"})
    tainted = alice.assistant(1, tainted=True)
    with pytest.raises(ApprovalNeeded):
        edit_client.perform(vault, tainted, {"client": "C-1", "phone": "2285550199"})
    add_note.perform(vault, tainted, {"about": "C-1", "text": "Asked about the gate."})
