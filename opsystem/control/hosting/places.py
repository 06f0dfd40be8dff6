"""Where vaults are: entries are made, opened for work and looked up here. Making the vault itself is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from opsystem.control.businesses.models import Business
from opsystem.control.hosting.alarms import wake_at
from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.models import Vault, new_directory
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, NotFound


@dataclass(frozen=True)
class Place:
    """Everything needed to open a vault: its id (also its directory's name), path, key, and row."""

    vault_id: str
    path: Path
    key: bytes
    row_id: int

    def __repr__(self) -> str:
        return f"Place({self.vault_id!r})"


def reserve_place(business: Business) -> Place:
    """Choose a directory and a key for the vault of a business. It is not open for work yet.

    Raises Conflict when the business has a vault already.
    """
    if Vault.objects.filter(business=business).exists():
        raise Conflict("This business has its vault already.", code="has_vault")
    directory = new_directory()
    key = key_store().add(directory)
    vault = Vault.objects.create(business=business, directory=directory)
    return Place(directory, installation().vaults_dir / directory, key, vault.pk)


def open_for_work(place: Place, *, schema_version: str) -> None:
    """Note that the vault at this place is whole, with which schema, and may be worked on."""
    Vault.objects.filter(pk=place.row_id).update(state=Vault.State.OPEN, schema_version=schema_version)


def note_schema(place: Place, schema_version: str) -> None:
    """Note which schema the vault has now."""
    Vault.objects.filter(pk=place.row_id).exclude(schema_version=schema_version).update(
        schema_version=schema_version
    )


def place_of(business_id: int) -> Place:
    """Return the place of a business's vault. Raises NotFound, and KeyUnusable when its key does not open."""
    return _place(Vault.objects.filter(business_id=business_id, state=Vault.State.OPEN).first())


def place_by_row(row_id: int) -> Place:
    """Return the place of the vault that a claim names. Raises NotFound and KeyUnusable."""
    return _place(Vault.objects.filter(pk=row_id, state=Vault.State.OPEN).first())


def place_by_vault_id(vault_id: str) -> Place:
    """Return the place of the vault with this id. Raises NotFound and KeyUnusable."""
    return _place(Vault.objects.filter(directory=vault_id, state=Vault.State.OPEN).first())


def business_number_of(row_id: int) -> int:
    """Return the number of the business whose vault a claim names. Raises NotFound."""
    number = Vault.objects.filter(pk=row_id).values_list("business__number", flat=True).first()
    if number is None:
        raise NotFound("There is no such vault.", code="no_vault")
    return number


def _place(vault: Vault | None) -> Place:
    if vault is None:
        raise NotFound("There is no such vault.", code="no_vault")
    key = key_store().key_of(vault.directory)
    return Place(vault.directory, installation().vaults_dir / vault.directory, key, vault.pk)


def waker_of(row_id: int) -> Callable[[str, datetime], None]:
    """Return the function that an open vault calls to set its alarm: lane and time."""

    def wake(lane: str, due_at: datetime) -> None:
        wake_at(row_id, lane, due_at, now=clock.now())

    return wake
