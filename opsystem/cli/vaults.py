"""Commands about vaults."""

from __future__ import annotations

import argparse
from typing import Any

from opsystem.control.hosting.models import Vault as HostedVault
from opsystem.control.hosting.places import place_by_vault_id
from opsystem.kit.errors import Problem
from opsystem.lifecycle.opening import open_vault


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
    """Open every vault, or the one named, and say whether it opens."""
    rows = HostedVault.objects.filter(state=HostedVault.State.OPEN)
    if given.vault:
        rows = rows.filter(directory=given.vault)
    return [_check(row.directory) for row in rows]


def _check(vault_id: str) -> dict[str, Any]:
    try:
        with open_vault(place_by_vault_id(vault_id)) as vault:
            vault.check()
    except Problem as problem:
        return {"vault": vault_id, "opens": False, "problem": problem.message}
    return {"vault": vault_id, "opens": True}


COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "vault list": (vault_list, {}),
    "vault open-check": (vault_check, {"--vault": {"default": "", "help": "the vault's id"}}),
}
