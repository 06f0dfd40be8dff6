"""Commands that take a vault out, bring one in, and say what one holds in a number."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import record
from opsystem.control.hosting.places import business_number_of, place_by_vault_id, place_of
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, NotFound
from opsystem.lifecycle.exporting.everything import everything
from opsystem.lifecycle.exporting.source import one_state
from opsystem.lifecycle.importing.new_business import import_business
from opsystem.lifecycle.opening import open_vault
from opsystem.vault.digest import contents_digest, digest_of


def vault_export(given: argparse.Namespace) -> dict[str, Any]:
    """Pack all of a vault into one ZIP, from one moment, without stopping whoever works in it."""
    place, out = place_by_vault_id(given.vault), Path(given.file)
    if out.exists():
        raise Conflict("There is a file of this name already.", code="file_exists")
    unfinished = out.with_name(f"{out.name}.part")
    unfinished.touch(mode=0o600)
    with open_vault(place) as vault, one_state(vault) as source, unfinished.open("wb") as file:
        for piece in everything(source, by="the operator", at=clock.now()):
            file.write(piece)
    unfinished.rename(out)
    record("vault.exported", object_id=f"business {business_number_of(place.row_id)}", result="command line")
    return {"vault": place.vault_id, "file": str(out), "bytes": out.stat().st_size}


def vault_import(given: argparse.Namespace) -> dict[str, Any]:
    """Make a new business from an export. A file that is damaged or no export changes nothing."""
    owner = Person.objects.filter(email__iexact=given.owner).first()
    if owner is None:
        raise NotFound("Nobody has an account with this address.", code="no_person")
    path = Path(given.file)
    if not path.is_file():
        raise NotFound("There is no such file.", code="no_file")
    with path.open("rb") as source:
        business = import_business(source, owner, lambda _: None)
    return {"vault": place_of(business.pk).vault_id, "business": business.number, "name": business.name}


def vault_digest(given: argparse.Namespace) -> dict[str, Any]:
    """Say in one number what a vault holds: equal numbers, equal contents."""
    with open_vault(place_by_vault_id(given.vault)) as vault:
        digest = digest_of(vault, everything=given.everything)
        files = {"files": contents_digest(vault)} if given.files else {}
    tables = {"tables": dict(digest.by_table)} if given.json else {}
    return {"vault": given.vault, "digest": digest.total, **files, **tables}


_VAULT: dict[str, Any] = {"help": "the vault's id"}
COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "vault export": (vault_export, {"vault": _VAULT, "file": {"help": "the ZIP to write"}}),
    "vault import": (
        vault_import,
        {
            "file": {"help": "the ZIP of an export"},
            "--owner": {"required": True, "metavar": "EMAIL", "help": "whose business it becomes"},
        },
    ),
    "vault digest": (
        vault_digest,
        {
            "vault": _VAULT,
            "--everything": {"action": "store_true", "help": "with the history and the mechanics"},
            "--files": {"action": "store_true", "help": "read every file as well"},
        },
    ),
}
