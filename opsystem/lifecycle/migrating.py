"""Bringing every vault of an installation up to date, beside its running site.

A vault is brought up to date by being opened, so nobody has to wait for this: who signs in first migrates the
own vault and no other. This opens the rest. What is done is noted vault by vault, so that a run which was cut
short goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opsystem.business.nouns import SCHEMA
from opsystem.control.hosting.models import Vault as HostedVault
from opsystem.control.hosting.places import note_schema, place_by_vault_id
from opsystem.kit.errors import Problem
from opsystem.lifecycle.many import on_each
from opsystem.lifecycle.opening import open_vault

VERSION = str(SCHEMA.version)


@dataclass(frozen=True)
class Migrated:
    """What became of one vault: up to date, or a problem's code."""

    vault: str
    problem: str = ""


def waiting() -> list[str]:
    """Return the ids of the vaults that are not known to be up to date, the oldest first."""
    rows = HostedVault.objects.filter(state=HostedVault.State.OPEN).exclude(schema_version=VERSION)
    return list(rows.order_by("pk").values_list("directory", flat=True))


def migrate(vault_id: str) -> Migrated:
    """Bring one vault up to date, and note it."""
    try:
        place = place_by_vault_id(vault_id)
        open_vault(place).close()
    except Problem as problem:
        return Migrated(vault_id, problem.code)
    note_schema(place, VERSION)
    return Migrated(vault_id)


def migrate_all(*, workers: int = 0) -> Iterator[Migrated]:
    """Bring every vault up to date in several processes; yield each as it is done."""
    yield from on_each(migrate, waiting(), workers=workers)
