"""`python -m bench.measuring.backing_up VAULTS CHANGED`: the backups of an installation, each step measured.

Run in the environment of a new installation with backups set up. Prints a line of JSON for each step.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.backups import figure  # noqa: E402
from opsystem.business.clients.operations import add_client  # noqa: E402
from opsystem.business.files.operations import add_file  # noqa: E402
from opsystem.control.hosting.models import Vault as HostedVault  # noqa: E402
from opsystem.control.hosting.places import place_by_vault_id, place_of  # noqa: E402
from opsystem.control.installation import installation  # noqa: E402
from opsystem.lifecycle.backups.restoring_all import restore  # noqa: E402
from opsystem.lifecycle.backups.running import run_backup  # noqa: E402
from opsystem.lifecycle.opening import open_vault  # noqa: E402
from opsystem.lifecycle.provisioning import start_business  # noqa: E402
from opsystem.operations import Actor, Role  # noqa: E402
from opsystem.vault import Vault  # noqa: E402
from opsystem.vault.digest import digest_of  # noqa: E402
from tests.control.people import new_person  # noqa: E402

_FILE = 200_000
_ALICE = Actor.person(id="1", name="Alice", role=Role.OWNER, member_id=1)


def fill(vault: Vault, clients: int = 5, files: int = 2) -> None:
    """Add some clients and some photos."""
    for number in range(clients):
        add_client.perform(vault, _ALICE, {"name": f"Client {number}", "notes": "Call before noon. " * 20})
    for number in range(files):
        stored = vault.files.write([os.urandom(_FILE)], limit=_FILE)
        add_file.perform(vault, _ALICE, {"content_id": stored.content_id, "name": f"{number}.bin"})


def make(vaults: int) -> list[str]:
    """Make businesses; return their vaults' ids."""
    call_command("migrate", interactive=False, verbosity=0)
    installation().vaults_dir.mkdir(mode=0o700, exist_ok=True)
    owner = new_person("Alice")
    made = []
    for number in range(vaults):
        business = start_business(
            owner, name=f"Bench {number}", phone="+12285550100", website="", industry="Plumbing"
        )
        place = place_of(business.pk)
        with open_vault(place) as vault:
            fill(vault)
        made.append(place.vault_id)
    return made


def main(vaults: int, changed: int) -> None:
    """Measure every step and print it."""
    made = make(vaults)
    time.sleep(2.5)  # what was written a moment ago may change without looking different
    files = [path for path in installation().vaults_dir.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    say(figure("first backup", run_backup, size))
    say(figure("again, nothing changed", run_backup))
    for vault_id in made[:changed]:
        with open_vault(place_by_vault_id(vault_id)) as vault:
            fill(vault, clients=1, files=1)
    say(figure(f"again, {changed} vaults changed", run_backup))
    target = Path(os.environ["OPSYSTEM_DATA_DIR"]).parent / "restored"
    done: list[dict[str, str]] = []
    say(figure("everything restored to an empty place, each opened and checked", lambda: done.extend(
        restore("latest", to=target)["vaults"]), size))  # fmt: skip
    equal = sum(one["outcome"] == "restored" and one["digest"] == live(one["vault"]) for one in done)
    say({"what": f"digests equal: {equal} of {HostedVault.objects.count()}", "seconds": 0, "bytes": 0})


def live(vault_id: str) -> str:
    """Return the digest of a vault where it belongs."""
    with open_vault(place_by_vault_id(vault_id)) as vault:
        return digest_of(vault, everything=True).total


def say(found: dict[str, object]) -> None:
    """Print a figure as soon as it is known."""
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
