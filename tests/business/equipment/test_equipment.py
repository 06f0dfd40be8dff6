"""Equipment: written down on the spot, its service told by visits, found again, and kept from others."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from opsystem.business.clients.operations import add_property
from opsystem.business.equipment.operations import add_equipment, edit_equipment, retire_equipment
from opsystem.business.equipment.queries import list_equipment, show_equipment
from opsystem.business.equipment.records import Warranty
from opsystem.business.equipment.servicing import attach_to_equipment, note_service
from opsystem.business.files.operations import add_file
from opsystem.business.jobs.operations import book_job
from opsystem.business.merging.operations import merge_clients
from opsystem.business.search.queries import search_records
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from tests.business.digest import undo
from tests.business.scene import client, job, person

HEATER: dict[str, Any] = {
    "property": "P-1", "sort": "Water heater", "maker": "Rheem", "model": "XG50", "serial": "RH0412-77",
    "installed_on": "2021-05-04", "warranty_until": "2099-05-04", "place": "Garage",
}  # fmt: skip


def _heater(vault: Vault, actor: Actor, **more: Any) -> str:
    return add_equipment.perform(vault, actor, {**HEATER, **more}).value.ref


def test_row_16_service_history_of_a_serial_number_is_told_by_visits(vault: Vault, alice: Actor) -> None:
    maria = client(vault, alice, street="1 Oak St", city="Hurley")
    heater = _heater(vault, alice)
    first = book_job.perform(
        vault, alice, {"client": maria, "title": "Flush", "starts_at": "2024-06-03T09:00"}
    ).value
    note_service.perform(
        vault, alice, {"equipment": heater, "visit": first.visit, "words": "Flushed, 62 psi"}
    )
    note_service.perform(vault, alice, {"equipment": heater, "words": "New anode rod"})
    # What is said of one visit again replaces what was said.
    note_service.perform(vault, alice, {"equipment": heater, "visit": first.visit, "words": "Flushed twice"})
    found = search_records.ask(vault, alice, {"text": "RH0412-77"})
    assert [one.ref for one in found] == [heater]
    page = show_equipment.ask(vault, alice, {"equipment": heater})
    assert [(one.words, one.visit) for one in page.services] == [
        ("New anode rod", None), ("Flushed twice", first.visit),
    ]  # fmt: skip
    assert page.services[1].job_title == "Flush" and f"{page.services[1].day}" == "2024-06-03"
    assert (page.equipment.title, page.equipment.warranty) == ("Water heater Rheem XG50", Warranty.HOLDS)


def test_what_was_taken_out_keeps_its_history_and_comes_back_by_undo(vault: Vault, alice: Actor) -> None:
    maria = client(vault, alice, street="1 Oak St", city="Hurley")
    heater = _heater(vault, alice)
    done = retire_equipment.perform(vault, alice, {"equipment": heater, "reason": "Replaced"})
    assert list_equipment.ask(vault, alice, {"client": maria}) == []
    assert [one.ref for one in list_equipment.ask(vault, alice, {"client": maria, "taken_out": True})] == [
        heater
    ]
    for act, given in ((edit_equipment, {"sort": "Pump"}), (retire_equipment, {})):
        with pytest.raises(Conflict):
            act.perform(vault, alice, {"equipment": heater, **given})
    undo(vault, done.change_set_id)
    assert [one.ref for one in list_equipment.ask(vault, alice, {"property": "P-1"})] == [heater]


def test_the_second_of_two_edits_is_told_of_the_first(vault: Vault, alice: Actor) -> None:
    client(vault, alice, street="1 Oak St", city="Hurley")
    heater = _heater(vault, alice)
    seen = {"equipment": heater, "base_version": 1, "sort": "Water heater"}
    edit_equipment.perform(vault, alice, {**seen, "serial": "A"})
    with pytest.raises(Conflict) as stale:
        edit_equipment.perform(vault, alice, {**seen, "serial": "B"})
    assert stale.value.code == "stale" and "Alice" in stale.value.message
    assert show_equipment.ask(vault, alice, {"equipment": heater}).equipment.serial == "A"


def test_a_foreign_visit_file_or_an_impossible_day_is_refused(vault: Vault, alice: Actor) -> None:
    maria = client(vault, alice, street="1 Oak St", city="Hurley")
    add_property.perform(vault, alice, {"client": maria, "street": "2 Elm St", "city": "Hurley"})
    other = client(vault, alice, "Carla", "2285550199", street="9 Ash St", city="Hurley")
    heater = _heater(vault, alice)
    away = {"client": maria, "title": "x", "property": "P-2", "starts_at": "2026-01-05T09:00"}
    elsewhere = book_job.perform(vault, alice, away).value.visit
    stored = vault.files.write(BytesIO(b"plate"), limit=100)
    theirs = add_file.perform(
        vault, alice, {"content_id": stored.content_id, "name": "plate.jpg", "client": other}
    ).value.ref
    for act, given in (
        (note_service, {"equipment": heater, "visit": elsewhere, "words": "x"}),
        (note_service, {"equipment": heater, "words": " "}),
        (attach_to_equipment, {"equipment": heater, "file": theirs}),
        (add_equipment, {**HEATER, "warranty_until": "2020-01-01"}),
        (add_equipment, {**HEATER, "installed_on": "0099-01-01"}),
    ):
        with pytest.raises(Invalid):
            act.perform(vault, alice, given)


def test_a_technician_sees_and_notes_what_stands_where_he_goes_and_nothing_else(
    vault: Vault, alice: Actor
) -> None:
    maria = client(vault, alice, street="1 Oak St", city="Hurley")
    client(vault, alice, "Carla", "2285550199", street="9 Ash St", city="Hurley")
    bob = person(vault, alice, "Bob", Role.TECHNICIAN)
    heater, hidden = _heater(vault, alice), _heater(vault, alice, property="P-2", serial="HIDDEN-1")
    book_job.perform(
        vault, alice,
        {"client": maria, "title": "Flush", "property": "P-1", "starts_at": "2026-11-24T09:00",
            "members": ["U-2"],
        },
    )  # fmt: skip
    note_service.perform(vault, bob, {"equipment": heater, "words": "Flushed"})
    assert [one.ref for one in list_equipment.ask(vault, bob, {})] == [heater]
    assert search_records.ask(vault, bob, {"text": "HIDDEN-1"}) == []
    with pytest.raises(NotFound):
        show_equipment.ask(vault, bob, {"equipment": hidden})
    for act, given in ((note_service, {"words": "x"}), (retire_equipment, {})):
        with pytest.raises(NotFound):
            act.perform(vault, bob, {"equipment": hidden, **given})
    with pytest.raises(NotFound):
        _heater(vault, bob, property="P-2")


def test_equipment_moves_with_its_client_when_two_become_one(vault: Vault, alice: Actor) -> None:
    maria = client(vault, alice, street="1 Oak St", city="Hurley")
    twin = client(vault, alice, "Maria A.", street="1 Oak St", city="Hurley")
    heater = _heater(vault, alice, property="P-2")
    merge_clients.perform(vault, alice, {"keep": maria, "gone": twin, "take": ()})
    assert [one.ref for one in list_equipment.ask(vault, alice, {"client": maria})] == [heater]
    assert job(vault, alice, maria)
