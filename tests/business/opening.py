"""Opening a business in a fresh vault, and people joining it, the way the product does it."""

from __future__ import annotations

import secrets
from pathlib import Path

from opsystem.business import nouns
from opsystem.business.schema import SCHEMA
from opsystem.business.team.founding import found_business
from opsystem.business.team.operations import add_member, join_member
from opsystem.operations import Actor, Role
from opsystem.vault import Vault

# Importing the nouns declares the operations and the row scope that every promise is about.
assert nouns.ROOMS

ALICE = Actor.person(id="acc-alice", name="Alice Reyes", role=Role.OWNER, member_id=1)
CARL = Actor.person(id="acc-carl", name="Carl Voss", role=Role.OWNER, member_id=1)


def open_business(place: Path, name: str, owner: Actor, key: bytes | None = None) -> Vault:
    """Return the open vault of a new business in the zone America/Chicago."""
    vault = Vault.create(place / owner.id, owner.id, key or secrets.token_bytes(32), SCHEMA)
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


def joined(vault: Vault, name: str, role: Role, account_id: str) -> Actor:
    """Return a person whom Alice has added and who has joined."""
    given = {"name": name, "email": f"{account_id}@example.com", "role": role}
    member = add_member.perform(vault, ALICE, given).value
    join_member.perform(vault, Actor.system(), {"member": member.ref, "account_id": account_id})
    return Actor.person(id=account_id, name=name, role=role, member_id=member.id)
