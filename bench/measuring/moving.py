"""One step of moving a vault, in a process of its own so that its memory is its own: fill, export or import.

python -m bench.measuring.moving fill FOLDER MEGABYTES CLIENTS
python -m bench.measuring.moving export FOLDER     into one sealed file, then out of it as a ZIP
python -m bench.measuring.moving import FOLDER     the ZIP checked and made a vault
"""

from __future__ import annotations

import json
import random
import resource
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bench.measuring.clients import fill as fill_clients
from opsystem.business.files.operations import add_file
from opsystem.business.nouns import SCHEMA
from opsystem.business.team.founding import found_business
from opsystem.kit import clock
from opsystem.lifecycle.exporting.everything import everything
from opsystem.lifecycle.exporting.source import one_state
from opsystem.lifecycle.importing.checking import check_archive
from opsystem.lifecycle.importing.loading import load_rows, take_contents
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from opsystem.vault.digest import digest_of

T = TypeVar("T")
KEY = bytes(32)
OWNER = Actor.person(id="1", name="Alice Tanner", role=Role.OWNER, member_id=1)
_PHOTO = 2_500_000
_FOUNDING = {
    "name": "Bench", "phone": "+12285550100", "website": "", "industry": "Plumbing",
    "zone": "America/Chicago", "owner_name": "Alice Tanner", "owner_email": "alice@bench.example",
}  # fmt: skip


def fill(folder: Path, megabytes: int, clients: int) -> None:
    """Make a vault with clients and photos of 2.5 MB that cannot be squeezed, and the photos beside it."""
    plain, chance = folder / "plain", random.Random(1)
    plain.mkdir()
    with Vault.create(folder / "vault", "bench", KEY, SCHEMA) as vault:
        found_business.perform(vault, OWNER, _FOUNDING)
        fill_clients(vault, clients)
        for number in range(megabytes * 1_000_000 // _PHOTO):
            data = chance.randbytes(_PHOTO)
            (plain / f"{number}.jpg").write_bytes(data)
            stored = vault.files.write([data], limit=10**9)
            client = f"C-{number % clients + 1}"
            given = {"content_id": stored.content_id, "name": f"Photo {number}.jpg", "client": client}
            add_file.perform(vault, OWNER, given)


def export(folder: Path) -> dict[str, float]:
    """Pack the vault as the worker does, and read the file out as a download does."""
    told = {}
    with Vault(folder / "vault", "bench", KEY, SCHEMA) as vault:

        def pack() -> str:
            with one_state(vault) as source:
                pieces = everything(source, by="Alice", at=clock.now())
                return vault.parcels.write(pieces, limit=1 << 40, content_id=secrets.token_hex(32)).content_id

        content_id, told["packed"] = _timed(pack)

        def fetch() -> None:
            with (folder / "export.zip").open("wb") as out:
                for piece in vault.parcels.pieces(content_id):
                    out.write(piece)

        _, told["fetched"] = _timed(fetch)
        vault.parcels.remove(content_id)
    return told


def bring(folder: Path) -> dict[str, float]:
    """Check the ZIP and make a vault of it."""
    told = {}
    with (
        Vault.create(folder / "copy", "copy", KEY, SCHEMA) as copy,
        (folder / "export.zip").open("rb") as zipped,
    ):
        checked, told["checked"] = _timed(lambda: check_archive(zipped, SCHEMA, _nothing))

        def take() -> None:
            take_contents(copy, checked, _nothing)
            with copy.mechanics() as session:
                load_rows(session, SCHEMA, checked, _nothing)

        _, told["taken in"] = _timed(take)
        with Vault(folder / "vault", "bench", KEY, SCHEMA) as vault:
            if digest_of(vault, everything=True) != digest_of(copy, everything=True):
                raise SystemExit("what was taken in is not what was packed")
    return told


def _nothing(count: int) -> None:
    """Take no notice of the progress."""


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return act(), time.perf_counter() - began


if __name__ == "__main__":
    step, place = sys.argv[1], Path(sys.argv[2])
    if step == "fill":
        fill(place, int(sys.argv[3]), int(sys.argv[4]))
    else:
        seconds = export(place) if step == "export" else bring(place)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak": peak}))
