"""Promises about checklists."""

from __future__ import annotations

import pytest

from opsystem.business.checklists.operations import add_checklist, edit_checklist
from opsystem.business.checklists.queries import list_checklists
from opsystem.business.clients.operations import add_client
from opsystem.business.jobs.operations import book_job
from opsystem.business.overview.queries import show_job
from opsystem.kit.errors import Forbidden, Invalid
from opsystem.operations import Actor
from opsystem.vault import Vault

HEATER = {"name": "Heater", "items": ["Photo before", "Leak test", "Photo after"]}


@pytest.mark.parametrize(
    "items",
    [["Leak test"], ["One", "Two", "Three", "Four"], ["Photo after", "Leak test", "Photo before"]],
)
def test_the_lines_are_exactly_the_given_ones(
    vault: Vault, bob: Actor, alice: Actor, items: list[str]
) -> None:
    add_checklist.perform(vault, alice, HEATER)
    edit_checklist.perform(vault, alice, {"checklist": "K-1", "items": items})
    [checklist] = list_checklists.ask(vault, bob)
    assert checklist.items == items


def test_a_job_keeps_the_lines_it_began_with(vault: Vault, alice: Actor) -> None:
    add_checklist.perform(vault, alice, HEATER)
    add_client.perform(vault, alice, {"name": "Ana"})
    book_job.perform(vault, alice, {"client": "C-1", "title": "Heater", "checklist": "K-1"})
    edit_checklist.perform(vault, alice, {"checklist": "K-1", "items": ["Nothing"]})
    tasks = show_job.ask(vault, alice, {"job": "J-1"}).tasks
    assert [task.text for task in tasks] == HEATER["items"]


def test_a_name_is_used_once(vault: Vault, alice: Actor) -> None:
    add_checklist.perform(vault, alice, HEATER)
    add_checklist.perform(vault, alice, {"name": "Drain", "items": ["Camera"]})
    for operation, given in (
        (add_checklist, {"name": "heater", "items": ["x"]}),
        (edit_checklist, {"checklist": "K-2", "name": "HEATER"}),
    ):
        with pytest.raises(Invalid) as caught:
            operation.perform(vault, alice, given)
        assert caught.value.fields == {"name": "There is already a checklist of this name."}
    edit_checklist.perform(vault, alice, {"checklist": "K-1", "name": "HEATER"})


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([], "Give between 1 and 100 lines."),
        (["x"] * 101, "Give between 1 and 100 lines."),
        (["Leak test", " "], "Line 2 is empty."),
        (["x" * 201], "Line 1 may have at most 200 characters."),
    ],
)
def test_a_list_needs_lines_and_a_line_needs_words(
    vault: Vault, alice: Actor, items: list[str], sentence: str
) -> None:
    with pytest.raises(Invalid) as caught:
        add_checklist.perform(vault, alice, {"name": "Heater", "items": items})
    assert caught.value.fields == {"items": sentence}


def test_bob_reads_lists_and_changes_none(vault: Vault, alice: Actor, bob: Actor) -> None:
    add_checklist.perform(vault, alice, HEATER)
    with pytest.raises(Forbidden):
        edit_checklist.perform(vault, bob, {"checklist": "K-1", "name": "Mine"})
