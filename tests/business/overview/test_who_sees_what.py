"""Promises about who sees what: Bob his own visits and what belongs to them, Carl nothing at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from opsystem.kit.errors import Forbidden, NotFound
from opsystem.operations import CATALOGUE, Actor, Operation, Permission, Query
from opsystem.vault import Vault
from tests.business.digest import digest
from tests.business.gulf import Gulf, open_gulf

DAYS = {"since": "2030-11-01", "until": "2030-12-31"}

# Bob goes to V-1 and V-4 of J-1, for Ana (C-1) at P-1. Everything else is called hidden.
SEEN: list[tuple[str, dict[str, Any], str]] = [
    ("show_client", {"client": "C-1"}, "Ana Ruiz"),
    ("show_job", {"job": "J-1"}, "Water heater"),
    ("show_visit", {"visit": "V-1"}, "Water heater"),
    ("list_clients", {}, "Ana Ruiz"),
    ("list_clients", {"text": "ana"}, "Ana Ruiz"),
    ("list_clients", {"sort": "next_visit", "archived": "all"}, "Ana Ruiz"),
    ("list_clients", {"sort": "last_contact"}, "Ana Ruiz"),
    ("list_jobs", {"state": "all"}, "Water heater"),
    ("list_jobs", {"client": "C-1", "text": "ana"}, "Water heater"),
    ("list_visits", {**DAYS, "include_cancelled": True}, "V-1"),
    ("list_visits", {**DAYS, "member": "U-2"}, "V-1"),
    ("list_checklists", {}, "Heater"),
    ("list_templates", {}, "On my way"),
    ("business_profile", {}, "Gulf Plumbing"),
    ("list_switches", {}, "sms"),
]
EMPTY: list[tuple[str, dict[str, Any]]] = [
    ("list_clients", {"text": "zoe"}),
    ("list_clients", {"text": "elm"}),
    ("list_clients", {"archived": "archived"}),
    ("list_jobs", {"text": "hidden", "state": "all"}),
    ("list_jobs", {"state": "unscheduled"}),
    ("list_visits", {**DAYS, "member": "U-1"}),
]
UNSEEN: list[tuple[str, dict[str, Any]]] = [
    ("show_client", {"client": "C-2"}),
    ("show_client", {"client": "C-3"}),
    ("show_job", {"job": "J-2"}),
    ("show_job", {"job": "J-3"}),
    ("show_visit", {"visit": "V-2"}),
    ("show_visit", {"visit": "V-3"}),
    ("list_jobs", {"client": "C-2"}),
]
# What Bob may do at all, tried on what is not his.
NOT_HIS: list[tuple[str, dict[str, Any]]] = [
    ("start_visit", {"visit": "V-2"}),
    ("finish_visit", {"visit": "V-3"}),
    ("tick_item", {"job": "J-3", "item": 3}),
    ("tick_item", {"job": "J-1", "item": 3}),
    ("add_note", {"about": "C-2", "text": "Let me in."}),
    ("add_note", {"about": "J-2", "text": "Let me in."}),
]


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gulf]:
    opened = open_gulf(tmp_path_factory.mktemp("gulf"))
    with opened.vault:
        yield opened


def _answer(vault: Vault, actor: Actor, name: str, given: dict[str, Any]) -> str:
    entry = CATALOGUE.get(name)
    assert isinstance(entry, Query)
    return json.dumps(entry.as_json(entry.ask(vault, actor, given)))


@pytest.mark.parametrize(("name", "given", "words"), SEEN)
def test_bob_sees_his_work_and_not_a_word_more(
    gulf: Gulf, name: str, given: dict[str, Any], words: str
) -> None:
    answer = _answer(gulf.vault, gulf.bob, name, given)
    assert words in answer
    for foreign in ("idden", "Zoe", "Elm", "Tom", "V-2", "V-3", "J-2", "P-2"):
        assert foreign not in answer


@pytest.mark.parametrize(("name", "given"), EMPTY)
def test_bob_finds_nothing_where_nothing_is_his(gulf: Gulf, name: str, given: dict[str, Any]) -> None:
    rows = json.loads(_answer(gulf.vault, gulf.bob, name, given))
    assert rows == [] or (rows["rows"], rows["total"]) == ([], 0)


def test_bob_counts_only_what_he_sees(gulf: Gulf) -> None:
    page = json.loads(_answer(gulf.vault, gulf.bob, "show_client", {"client": "C-1"}))
    assert page["counts"] == {"jobs": 1, "notes": 1, "files": 0, "messages": None}
    assert page["next_visit"]["ref"] in {"V-1", "V-4"}
    [row] = json.loads(_answer(gulf.vault, gulf.bob, "list_clients", {}))["rows"]
    assert row["next_visit"]["ref"] == "V-1", "the earlier visit to the hidden bath is not his"


@pytest.mark.parametrize(("name", "given"), UNSEEN)
def test_what_is_not_bobs_is_not_there_for_him(gulf: Gulf, name: str, given: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        _answer(gulf.vault, gulf.bob, name, given)


@pytest.mark.parametrize(("name", "given"), NOT_HIS)
def test_bob_changes_nothing_that_is_not_his(gulf: Gulf, name: str, given: dict[str, Any]) -> None:
    entry = CATALOGUE.get(name)
    assert isinstance(entry, Operation)
    before = digest(gulf.vault)
    with pytest.raises(NotFound):
        entry.perform(gulf.vault, gulf.bob, given)
    assert digest(gulf.vault) == before


def test_bob_neither_books_nor_moves(gulf: Gulf) -> None:
    for name in ("book_job", "move_visit", "assign_visit", "cancel_visit", "schedule_visit", "complete_job"):
        entry = CATALOGUE.get(name)
        assert isinstance(entry, Operation)
        assert entry.permission is Permission.JOBS_WRITE
        with pytest.raises(Forbidden):
            entry.perform(gulf.vault, gulf.bob, {})


def test_bob_has_no_prices_and_no_team_list(gulf: Gulf) -> None:
    for name in ("list_prices", "list_packs", "list_team"):
        with pytest.raises(Forbidden):
            _answer(gulf.vault, gulf.bob, name, {})


def test_a_visit_taken_from_bob_is_gone_for_him(gulf: Gulf) -> None:
    other = Actor.person(id="x", name="New Bob", role=gulf.bob.role, member_id=99)  # type: ignore[arg-type]
    for name, given, _ in SEEN[:3]:
        with pytest.raises(NotFound):
            _answer(gulf.vault, other, name, given)


def test_carls_vault_holds_nothing_of_alices(gulf: Gulf, carls_vault: Vault, carl: Actor) -> None:
    for name, given, words in SEEN:
        assert words in _answer(gulf.vault, gulf.bob, name, given)
        try:
            answer = _answer(carls_vault, carl, name, given)
        except NotFound:
            continue
        for foreign in ("Ana", "Oak", "heater", "Heater", "Bob", "Gulf", "555-0142", "+12285550142"):
            assert foreign not in answer
