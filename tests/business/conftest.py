"""Alice owns Gulf Plumbing, Bob is her technician, Dana keeps her books; Carl owns another business."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from opsystem.business import nouns
from opsystem.business.schema import SCHEMA
from opsystem.business.team.founding import found_business
from opsystem.business.team.operations import add_member, join_member
from opsystem.operations import Actor, Role
from opsystem.vault import Vault

assert nouns.ROOMS


def _open(place: Path, name: str, owner: Actor) -> Vault:
    vault = Vault.create(place / owner.id, owner.id, secrets.token_bytes(32), SCHEMA)
    found_business.perform(
        vault,
        owner,
        {
            "name": name,
            "phone": "+12285550100",
            "website": "",
            "industry": "plumbing",
            "zone": "America/Chicago",
            "owner_name": owner.name,
            "owner_email": f"{owner.id}@example.com",
        },
    )
    return vault


def _joined(vault: Vault, alice: Actor, name: str, role: Role, account_id: str) -> Actor:
    email = f"{account_id}@example.com"
    member = add_member.perform(vault, alice, {"name": name, "email": email, "role": role}).value
    join_member.perform(vault, Actor.system(), {"member": member.ref, "account_id": account_id})
    return Actor.person(id=account_id, name=name, role=role, member_id=member.id)


@pytest.fixture
def vault(tmp_path: Path, alice: Actor) -> Iterator[Vault]:
    """Alice's business, open: its zone is America/Chicago."""
    with _open(tmp_path, "Gulf Plumbing", alice) as opened:
        yield opened


@pytest.fixture
def alice() -> Actor:
    return Actor.person(id="acc-alice", name="Alice Reyes", role=Role.OWNER, member_id=1)


@pytest.fixture
def bob(vault: Vault, alice: Actor) -> Actor:
    return _joined(vault, alice, "Bob Tran", Role.TECHNICIAN, "acc-bob")


@pytest.fixture
def dana(vault: Vault, alice: Actor) -> Actor:
    return _joined(vault, alice, "Dana Cole", Role.BOOKKEEPER, "acc-dana")


@pytest.fixture
def carls_vault(tmp_path: Path, carl: Actor) -> Iterator[Vault]:
    """Another business, of which Carl is the owner."""
    with _open(tmp_path, "Carl's Roofs", carl) as opened:
        yield opened


@pytest.fixture
def carl() -> Actor:
    return Actor.person(id="acc-carl", name="Carl Voss", role=Role.OWNER, member_id=1)
