"""Promises about the team."""

from __future__ import annotations

import pytest

from opsystem.business.jobs.operations import book_job
from opsystem.business.team.operations import add_member, change_role, join_member, remove_member
from opsystem.business.team.queries import find_member, list_team
from opsystem.kit.errors import Conflict, Forbidden, Invalid, NotFound
from opsystem.operations import CATALOGUE, Actor, Role
from opsystem.vault import Vault
from tests.business.opening import joined

SYSTEM = Actor.system()


@pytest.mark.usefixtures("bob", "dana")
def test_alice_lists_her_team(vault: Vault, alice: Actor) -> None:
    rows = [(row.name, row.role, row.joined_at is not None) for row in list_team.ask(vault, alice)]
    assert rows == [
        ("Alice Reyes", Role.OWNER, True),
        ("Bob Tran", Role.TECHNICIAN, True),
        ("Dana Cole", Role.BOOKKEEPER, True),
    ]


def test_an_account_is_found_in_its_own_business_only(vault: Vault, bob: Actor, carls_vault: Vault) -> None:
    found = find_member(vault, "acc-bob")
    assert found is not None
    assert found.id == bob.member_id
    assert find_member(carls_vault, "acc-bob") is None


def test_whoever_is_removed_is_found_no_more(vault: Vault, alice: Actor, bob: Actor) -> None:
    remove_member.perform(vault, alice, {"member": f"U-{bob.member_id}"})
    assert find_member(vault, bob.id) is None
    assert [row.name for row in list_team.ask(vault, alice)] == ["Alice Reyes"]
    everybody = list_team.ask(vault, alice, {"include_removed": True})
    assert [row.removed_at is not None for row in everybody] == [False, True]
    with pytest.raises(Conflict, match="Bob Tran is no longer on the team"):
        change_role.perform(vault, alice, {"member": "U-2", "role": "office"})


def test_an_address_is_on_the_team_once_at_a_time(vault: Vault, alice: Actor) -> None:
    given = {"name": "Finn", "email": "finn@example.com", "role": "technician"}
    add_member.perform(vault, alice, given)
    with pytest.raises(Invalid) as caught:
        add_member.perform(vault, alice, {**given, "email": "FINN@example.com"})
    assert caught.value.fields == {"email": "Somebody on the team already has this address."}
    remove_member.perform(vault, alice, {"member": "U-2"})
    assert add_member.perform(vault, alice, given).value.ref == "U-3"


def test_a_person_joins_once_with_one_account(vault: Vault, alice: Actor) -> None:
    for name in ("finn", "gina"):
        given = {"name": name, "email": f"{name}@example.com", "role": "technician"}
        add_member.perform(vault, alice, given)
    join_member.perform(vault, SYSTEM, {"member": "U-2", "account_id": "7"})
    again = join_member.perform(vault, SYSTEM, {"member": "U-2", "account_id": "7"})
    assert again.change_set_id is None
    with pytest.raises(Conflict, match="already joined with another account"):
        join_member.perform(vault, SYSTEM, {"member": "U-2", "account_id": "8"})
    with pytest.raises(Conflict, match="already on the team"):
        join_member.perform(vault, SYSTEM, {"member": "U-3", "account_id": "7"})
    with pytest.raises(Forbidden):
        join_member.perform(vault, alice, {"member": "U-3", "account_id": "9"})


def test_nobody_changes_the_own_role(vault: Vault, alice: Actor) -> None:
    with pytest.raises(Forbidden, match="cannot change your own role"):
        change_role.perform(vault, alice, {"member": "U-1", "role": "office"})


def test_the_business_always_keeps_an_owner_who_can_sign_in(vault: Vault, alice: Actor) -> None:
    with pytest.raises(Conflict, match="Make somebody else an owner first"):
        remove_member.perform(vault, alice, {"member": "U-1"})
    waiting = {"name": "Eve", "email": "eve@example.com", "role": "owner"}
    eve = add_member.perform(vault, alice, waiting).value
    with pytest.raises(Conflict):
        remove_member.perform(vault, alice, {"member": "U-1"})
    join_member.perform(vault, SYSTEM, {"member": eve.ref, "account_id": "acc-eve"})
    owner = Actor.person(id="acc-eve", name="Eve", role=Role.OWNER, member_id=eve.id)
    change_role.perform(vault, owner, {"member": "U-1", "role": "office"})
    with pytest.raises(Conflict):
        remove_member.perform(vault, owner, {"member": eve.ref})


def test_only_owners_give_and_take_the_owners_role(vault: Vault) -> None:
    admin = joined(vault, "Ivy Holt", Role.ADMIN, "acc-ivy")
    attempts = (
        (add_member, {"name": "X", "email": "x@example.com", "role": "owner"}),
        (change_role, {"member": "U-1", "role": "office"}),
        (remove_member, {"member": "U-1"}),
    )
    for operation, given in attempts:
        with pytest.raises(Forbidden, match="Only an owner"):
            operation.perform(vault, admin, given)


def test_the_team_is_never_claudes_to_change(alice: Actor) -> None:
    for name in ("add_member", "change_role", "remove_member", "join_member", "set_switch", "edit_profile"):
        entry = CATALOGUE.get(name)
        assert not entry.assistant, name
    assert alice.may(CATALOGUE.get("change_role").permission)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"role": "king"}, "role"),
        ({"email": "finn"}, "email"),
        ({"name": " "}, "name"),
        ({"phone": "1"}, "phone"),
        ({"phone": 5}, "phone"),
    ],
)
def test_bad_input_is_answered_at_its_field(
    vault: Vault, alice: Actor, given: dict[str, str], field: str
) -> None:
    good = {"name": "Finn", "email": "finn@example.com", "role": "technician"}
    with pytest.raises(Invalid) as caught:
        add_member.perform(vault, alice, {**good, **given})
    assert caught.value.fields.keys() == {field}


def test_the_team_is_not_carls_to_see(vault: Vault, alice: Actor, carls_vault: Vault, carl: Actor) -> None:
    assert [row.name for row in list_team.ask(carls_vault, carl)] == ["Carl Voss"]
    assert [row.name for row in list_team.ask(vault, alice)] == ["Alice Reyes"]
    with pytest.raises(NotFound):
        book_job.perform(carls_vault, carl, {"client": "C-1", "title": "Roof"})
