"""Promises about the team."""

from __future__ import annotations

import pytest

from opsystem.business.team.queries import find_member, list_team
from opsystem.operations import Actor
from opsystem.vault import Vault


@pytest.mark.usefixtures("bob", "dana")
def test_alice_lists_her_team(vault: Vault, alice: Actor) -> None:
    names = [row.name for row in list_team.ask(vault, alice)]
    assert names == ["Alice Reyes", "Bob Tran", "Dana Cole"]


def test_an_account_is_found_in_its_own_business_only(vault: Vault, bob: Actor, carls_vault: Vault) -> None:
    found = find_member(vault, "acc-bob")
    assert found is not None
    assert found.id == bob.member_id
    assert find_member(carls_vault, "acc-bob") is None
