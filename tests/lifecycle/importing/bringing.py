"""A new business for somebody, and an archive brought into it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opsystem.business.nouns import SCHEMA
from opsystem.control.accounts.models import Person
from opsystem.control.hosting.places import place_of
from opsystem.lifecycle.importing.checking import Checked, check_archive
from opsystem.lifecycle.importing.loading import load_rows, take_contents
from opsystem.lifecycle.opening import close_idle_vault, vault_in_use
from opsystem.lifecycle.provisioning import start_business
from opsystem.vault import Vault
from opsystem.vault.keys import new_key
from tests.lifecycle.office import Office


def nothing(count: int) -> None:
    """Take no notice of the progress."""


def checked(data: bytes) -> Checked:
    """Check an archive."""
    return check_archive(io.BytesIO(data), SCHEMA, nothing)


@contextmanager
def bare_copy(data: bytes, folder: Path) -> Iterator[Vault]:
    """Give a vault that is exactly what an archive says, belonging to no installation."""
    archive = checked(data)
    with Vault.create(folder, "copy", new_key(), SCHEMA) as vault:
        take_contents(vault, archive, nothing)
        with vault.mechanics() as session:
            load_rows(session, SCHEMA, archive, nothing)
        yield vault


@contextmanager
def empty_office(person: Person) -> Iterator[Office]:
    """Give somebody's new business."""
    business = start_business(person, name="My business", phone="", website="", industry="")
    vault_id = place_of(business.pk).vault_id
    with vault_in_use(vault_id) as vault:
        yield Office(business, vault, person)
    close_idle_vault(vault_id)
