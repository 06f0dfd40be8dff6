"""Commands about vaults: made, listed, looked at."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from opsystem.control.accounts.models import Person
from opsystem.control.hosting.models import Vault as HostedVault
from opsystem.control.hosting.places import place_of
from opsystem.kit.errors import NotFound
from opsystem.lifecycle.inspecting import inspect, inspect_with_files
from opsystem.lifecycle.many import on_each
from opsystem.lifecycle.provisioning import start_business


def vault_create(given: argparse.Namespace) -> dict[str, Any]:
    """Make a business with its vault, for a person who has an account."""
    owner = Person.objects.filter(email__iexact=given.owner).first()
    if owner is None:
        raise NotFound("Nobody has an account with this address.", code="no_person")
    business = start_business(
        owner, name=given.name, phone=given.phone, website="", industry=given.industry, zone=given.zone
    )
    return {"vault": place_of(business.pk).vault_id, "business": business.number}


def vault_list(given: argparse.Namespace) -> list[dict[str, Any]]:  # noqa: ARG001
    """List the vaults: where they are, never what is in them."""
    return [
        {
            "vault": row.directory,
            "business": row.business.number,
            "state": row.state,
            "schema": row.schema_version,
            "created_at": row.created_at,
        }
        for row in HostedVault.objects.select_related("business").order_by("pk")
    ]


def vault_check(given: argparse.Namespace) -> list[dict[str, Any]]:
    """Open every vault, or the one named, and compare each page with its code: how does it stand."""
    rows = HostedVault.objects.filter(state=HostedVault.State.OPEN).order_by("pk")
    if given.vault:
        rows = rows.filter(directory=given.vault)
        if not rows.exists():
            raise NotFound("There is no such vault.", code="no_vault")
    vault_ids = list(rows.values_list("directory", flat=True))
    act = inspect_with_files if given.files else inspect
    found = {one.vault: one for one in on_each(act, vault_ids, workers=given.workers)}
    return [{**asdict(found[vault_id]), "opens": found[vault_id].is_well} for vault_id in vault_ids]


_WORKERS: dict[str, Any] = {"type": int, "default": 0, "help": "processes; one a core if left out"}
COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "vault create": (
        vault_create,
        {
            "--owner": {"required": True, "metavar": "EMAIL", "help": "whose business it is"},
            "--name": {"required": True, "help": "the business's name"},
            "--phone": {"default": "", "help": "its phone number"},
            "--industry": {"default": "Other", "help": "its trade"},
            "--zone": {"default": "America/Chicago", "help": "its time zone"},
        },
    ),
    "vault list": (vault_list, {}),
    "vault open-check": (
        vault_check,
        {
            "--vault": {"default": "", "help": "the vault's id"},
            "--files": {"action": "store_true", "help": "compare every file with its id as well"},
            "--workers": _WORKERS,
        },
    ),
}
