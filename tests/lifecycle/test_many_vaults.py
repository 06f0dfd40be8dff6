"""Many vaults at once: each is looked at, brought up to date and noted; a bad one stops nobody."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from opsystem.cli.migrating import vault_migrate
from opsystem.cli.vaults import vault_check, vault_create, vault_list
from opsystem.control.accounts.models import Person
from opsystem.control.hosting.models import Vault as HostedVault
from opsystem.control.hosting.places import Place, place_by_vault_id
from opsystem.kit.errors import NotFound
from opsystem.lifecycle.migrating import VERSION, waiting
from opsystem.lifecycle.opening import open_vault
from tests.control.people import new_person


@dataclass
class Row:
    """Three vaults of Alice's, made from the command line."""

    alice: Person
    vault_ids: list[str]

    def place(self, number: int) -> Place:
        return place_by_vault_id(self.vault_ids[number])

    def check(self, number: int, *, files: bool = False) -> str:
        given = Namespace(vault=self.vault_ids[number], files=files, workers=1)
        return str(vault_check(given)[0]["state"])


@pytest.fixture
def row(installation: object) -> Iterator[Row]:  # noqa: ARG001 - tables must be there
    alice = new_person("Alice")
    given = Namespace(
        owner=alice.email, name="Gulf", phone="+12285550142", industry="Plumbing", zone="America/Chicago"
    )
    yield Row(alice, [vault_create(given)["vault"] for _ in range(3)])


def test_a_vault_made_is_listed_and_opens(row: Row) -> None:
    listed = {one["vault"]: one for one in vault_list(Namespace())}
    for number, vault_id in enumerate(row.vault_ids):
        assert listed[vault_id]["state"] == "open"
        assert row.check(number, files=True) == "opens"


def test_a_vault_is_made_for_people_with_an_account_only(installation: object) -> None:  # noqa: ARG001
    given = Namespace(owner="nobody@example.com", name="x", phone="", industry="x", zone="UTC")
    with pytest.raises(NotFound):
        vault_create(given)


def test_what_is_the_matter_with_a_vault_is_said_in_a_word(row: Row) -> None:
    database = row.place(0).path / "vault.db"
    damaged = bytearray(database.read_bytes())
    damaged[70_000] ^= 1
    database.write_bytes(damaged)
    assert row.check(0) == "damaged"
    (row.place(1).path / "vault.db").unlink()
    assert row.check(1) == "missing"
    with open_vault(row.place(2)) as vault, vault.mechanics() as session:
        session.connection().exec_driver_sql("PRAGMA user_version = 99")
    assert row.check(2) == "newer"


def test_a_damaged_file_is_found_when_files_are_asked_for(row: Row) -> None:
    with open_vault(row.place(0)) as vault:
        content_id = vault.files.write([b"a permit"], limit=100).content_id
    file = row.place(0).path / "files" / content_id[:2] / content_id
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert row.check(0) == "opens"
    assert row.check(0, files=True) == "damaged"


def test_only_what_waits_is_brought_up_to_date_and_a_bad_one_stops_nobody(row: Row) -> None:
    HostedVault.objects.exclude(directory__in=row.vault_ids).update(schema_version=VERSION)
    HostedVault.objects.filter(directory__in=row.vault_ids).update(schema_version="0")
    (row.place(1).path / "vault.db").unlink()
    assert set(row.vault_ids) <= set(waiting())
    told = vault_migrate(Namespace(workers=2))
    assert told["problems"] == {row.vault_ids[1]: "vault_missing"}
    assert told["migrated"] == 2
    # Cut short or not, the next run begins where this one ended.
    assert waiting() == [row.vault_ids[1]]


def test_no_vault_is_an_open_database_to_anybody_without_its_key(row: Row) -> None:
    database = sqlite3.connect(row.place(0).path / "vault.db")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        database.execute("SELECT * FROM sqlite_master")
    database.close()
