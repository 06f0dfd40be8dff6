"""An installation of its own inside the tests' one: its data, keys and backups, none of its vaults."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.test import override_settings

from opsystem.business.clients.operations import add_client
from opsystem.business.files.operations import add_file
from opsystem.control.backup_plan import BackupPlan
from opsystem.control.hosting.models import Vault as HostedVault
from opsystem.control.hosting.places import place_by_vault_id, place_of
from opsystem.control.installation import SlotPlace, installation
from opsystem.control.upkeep.models import Duty
from opsystem.lifecycle.backups.repository import Repository
from opsystem.lifecycle.backups.restic import Restic
from opsystem.lifecycle.backups.workshop import plan, workshop
from opsystem.lifecycle.opening import close_all_vaults, open_vault, vault_in_use
from opsystem.lifecycle.provisioning import start_business
from opsystem.operations import Actor, Role
from opsystem.vault.digest import digest_of
from tests.control.people import new_person
from tests.lifecycle.backups.quick_key import make_quick

CANARY = "wombat-5e1f-canary"


@dataclass(frozen=True)
class House:
    """The installation's directory; its vaults are made on demand."""

    home: Path

    @property
    def vaults(self) -> Path:
        return installation().vaults_dir

    @property
    def repository(self) -> Repository:
        return Repository(Restic(plan(), workshop().path))

    def found(self, *files: bytes) -> str:
        """Start a business with a client and some files; return its vault's id."""
        alice = new_person("Alice")
        business = start_business(
            alice, name="Hurley Plumbing", phone="+12285550142", website="", industry="plumbing"
        )
        vault_id = place_of(business.pk).vault_id
        self.write(vault_id, "Ana Ruiz")
        for content in files:
            self.put(vault_id, content)
        return vault_id

    def write(self, vault_id: str, name: str) -> None:
        """Add a client."""
        with vault_in_use(vault_id) as vault:
            add_client.perform(vault, self.actor(), {"name": name, "notes": CANARY})

    def call(self, vault_id: str, name: str, phone: str) -> None:
        """Add a client who can be texted."""
        with vault_in_use(vault_id) as vault:
            add_client.perform(vault, self.actor(), {"name": name, "phone": phone})

    def put(self, vault_id: str, content: bytes) -> str:
        """Add a file; return the id of its content."""
        with vault_in_use(vault_id) as vault:
            stored = vault.files.write([content], limit=10**8)
            add_file.perform(vault, self.actor(), {"content_id": stored.content_id, "name": "a.bin"})
        return stored.content_id

    def actor(self) -> Actor:
        return Actor.person(id="1", name="Alice", role=Role.OWNER, member_id=1)

    def digest(self, vault_id: str) -> str:
        """Return the digest of everything a live vault says."""
        close_all_vaults()
        with open_vault(place_by_vault_id(vault_id)) as vault:
            return digest_of(vault, everything=True).total


def backup_plan(home: Path, repository: str | None = None, s3_file: Path | None = None) -> BackupPlan:
    """Return a plan with its password file made."""
    password = home / "password"
    if not password.exists():
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
    return BackupPlan(repository or str(home / "repository"), password, s3_file, timedelta(minutes=5), 8)


def pattern_in(home: Path) -> Path:
    """Make an empty repository with its password, to be copied for each house."""
    told = backup_plan(home)
    Repository(Restic(told, home)).make()
    make_quick(home / "repository", told.password_file.read_bytes())
    return home


@contextmanager
def house_in(home: Path, backups: BackupPlan | None = None) -> Iterator[House]:
    """Give an installation in `home` for the time of the block; others' vaults are out of sight meanwhile."""
    (home / "data" / "vaults").mkdir(mode=0o700, parents=True)
    told = replace(
        installation(),
        data_dir=home / "data",
        keystore_dir=home / "data" / "keystore",
        slots=(SlotPlace(home / "slot", secrets.token_bytes(32)),),
        backups=backups or backup_plan(home),
    )
    others = list(HostedVault.objects.filter(state=HostedVault.State.OPEN).values_list("pk", flat=True))
    HostedVault.objects.filter(pk__in=others).update(state=HostedVault.State.CLOSED)
    Duty.objects.all().delete()
    try:
        with override_settings(OPSYSTEM=told):
            yield House(home)
            close_all_vaults()
            HostedVault.objects.filter(state=HostedVault.State.OPEN).update(state=HostedVault.State.CLOSED)
    finally:
        HostedVault.objects.filter(pk__in=others).update(state=HostedVault.State.OPEN)
