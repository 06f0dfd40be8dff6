"""No role, and no assistant for it, does or reads more than the role may: each entry of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from opsystem.assistant.performing import perform_call
from opsystem.assistant.tools import tools_for
from opsystem.business.asking.models import Turn
from opsystem.business.asking.operations import ask
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden
from opsystem.operations import (
    CATALOGUE,
    ROLE_PERMISSIONS,
    Actor,
    Declared,
    Operation,
    Permission,
    Query,
    Role,
    Work,
)
from opsystem.vault import Vault
from tests.business.digest import digest
from tests.business.gulf import Gulf, open_gulf
from tests.stories.arguments import arguments

# In the scene everything is called so that is not Bob's.
HIDDEN = ("idden", "Zoe", "Elm St", "Tom")
NOT_BOBS = {"C": "C-2", "P": "P-2", "J": "J-3", "V": "V-3", "U": "U-1", "N": "N-3", "H": "H-5", "S": "S-1"}
HIS = {"C": "C-1", "P": "P-1", "J": "J-1", "V": "V-1", "U": "U-2", "K": "K-1", "X": "X-1"}


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gulf]:
    opened = open_gulf(tmp_path_factory.mktemp("gulf"))
    with opened.vault:
        yield opened


def people() -> list[Actor]:
    """Return somebody of each role."""
    return [Actor.person(id=f"acc-{role}", name=role.title, role=role, member_id=2) for role in Role]


def actors() -> list[Actor]:
    """Return everybody who may come to any door."""
    machines = [Actor.system(), Actor.vendor("twilio")]
    return [*people(), *(person.assistant(1) for person in people()), *machines]


def call(entry: Declared[Any], vault: Vault, actor: Actor, given: dict[str, Any]) -> Any:
    if isinstance(entry, Query):
        return entry.ask(vault, actor, given)
    assert isinstance(entry, Operation)
    return entry.perform(vault, actor, given)


def turn_of(gulf: Gulf, actor: Actor) -> Turn:
    asked = ask.perform(gulf.vault, actor, {"question": "What is on today?"}).value
    with gulf.vault.reading() as session:
        return session.get_one(Turn, asked.turn)


def test_nobody_calls_what_the_role_does_not_allow(gulf: Gulf) -> None:
    refused = 0
    before = digest(gulf.vault)
    for actor in actors():
        for entry in CATALOGUE:
            if actor.may(entry.permission):
                continue
            with pytest.raises(Forbidden) as told:
                call(entry, gulf.vault, actor, {"no such argument": 1})
            assert told.value.code == "no_permission", "before the input is looked at"
            with gulf.vault.reading() as session, pytest.raises(Forbidden):
                entry.run_within(Work(gulf.vault, session, actor, clock.now()), {})
            assert entry not in CATALOGUE.offered_to(actor)
            refused += 1
    assert digest(gulf.vault) == before
    assert refused > 300


def test_people_have_no_permission_of_machines_and_machines_none_of_people() -> None:
    machines = {Permission.DELIVER, Permission.INBOUND, Permission.HUB, Permission.BOOK}
    for role, allowed in ROLE_PERMISSIONS.items():
        assert not allowed & machines, role
    assert Actor.vendor("x").permissions <= machines
    # Plans and reminders bill, and are sent, by the operations that people use.
    assert Actor.system().permissions - machines == {
        Permission.INVOICES_WRITE,
        Permission.PAYMENTS_WRITE,
        Permission.REFUND,
        Permission.MESSAGES_SEND,
    }


def test_the_assistant_has_the_tools_of_the_person_it_acts_for_and_no_others() -> None:
    for person in people():
        names = {tool["name"] for tool in tools_for(person.assistant(1))}
        assert names == {tool["name"] for tool in tools_for(person)}
        assert names == {
            entry.name for entry in CATALOGUE if entry.assistant and person.may(entry.permission)
        }


def test_a_tool_outside_the_role_is_refused_however_it_is_called(gulf: Gulf) -> None:
    turn = turn_of(gulf, gulf.bob)
    assistant = gulf.bob.assistant(turn.id)
    offered = {tool["name"] for tool in tools_for(assistant)}
    before = digest(gulf.vault)
    tried = 0
    for entry in CATALOGUE:
        if entry.name in offered:
            continue
        given = arguments(entry.schema(), {**HIS, **NOT_BOBS})
        for name in (entry.name, entry.name.upper(), f"{entry.name} "):
            done = perform_call(
                gulf.vault, turn, assistant, {"id": f"toolu_{name}", "name": name, "input": given}
            )
            assert done.failed, name
            assert done.proposal is None, name
        tried += 1
    assert digest(gulf.vault) == before
    assert tried > 30


def test_claude_for_bob_reads_no_word_beyond_his_visits(gulf: Gulf) -> None:
    turn = turn_of(gulf, gulf.bob)
    tried = 0
    for tainted in (False, True):
        assistant = gulf.bob.assistant(turn.id, tainted=tainted)
        for tool in tools_for(assistant):
            for refs in (NOT_BOBS, HIS):
                given = arguments(tool["input_schema"], {**HIS, **refs}, word="Hurley")
                for number, chosen in enumerate((given, _needed(tool["input_schema"], given))):
                    key = f"toolu_{tool['name']}_{tainted}_{refs is HIS}_{number}"
                    done = perform_call(
                        gulf.vault, turn, assistant, {"id": key, "name": tool["name"], "input": chosen}
                    )
                    said = (done.text or "").replace('"forbidden"', "")
                    for word in HIDDEN:
                        assert word not in said, (tool["name"], chosen)
                    tried += 1
    assert tried > 100


def _needed(schema: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in schema.get("required", ())}


@pytest.mark.parametrize(
    "words", ["hidden", "Zoe", "Elm", "Ironwood", "gate code", "tiles", "Tom", "C-2", "J-3"]
)
def test_bobs_search_finds_nothing_that_is_not_his(gulf: Gulf, words: str) -> None:
    entry = CATALOGUE.get("search_records")
    for actor in (gulf.bob, gulf.bob.assistant(1)):
        found = json.dumps(entry.as_json(call(entry, gulf.vault, actor, {"text": words})))
        for word in HIDDEN:
            assert word not in found, found
