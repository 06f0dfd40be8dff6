"""How fast a vault is, from making it to a page of it: `bin/bench vault [--markdown] [--quick] [--no-site]`.

The vault's own figures are taken in this process, through the same operations and queries as every
door's; the page is asked for over HTTP from the server as it runs in production, signed in. The
operating system's file cache is warm throughout.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import tempfile
import uuid
from pathlib import Path

from bench.measuring.clients import CLIENTS, fill
from bench.measuring.figures import Figure, machine, measure, resident_memory, table
from bench.measuring.site import served
from demo.people import FIRST, LAST
from opsystem.business.clients.models import Client
from opsystem.business.clients.operations import edit_client
from opsystem.business.nouns import SCHEMA
from opsystem.business.overview.queries import list_clients
from opsystem.business.search.queries import search_records
from opsystem.business.team.founding import found_business
from opsystem.operations import Actor, Role
from opsystem.vault import Vault, VaultPool
from opsystem.vault.keys import new_key

OWNER = Actor.person(id="1", name="Alice Tanner", role=Role.OWNER, member_id=1)
_FOUNDING = {
    "name": "Bench",
    "phone": "+12285550100",
    "website": "",
    "industry": "Plumbing",
    "zone": "America/Chicago",
    "owner_name": "Alice Tanner",
    "owner_email": "alice@bench.example",
}
_OPEN_AT_ONCE = 40


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bin/bench vault", description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print a table to paste")
    parser.add_argument("--quick", action="store_true", help="a tenth of the runs: to see that it works")
    parser.add_argument("--no-site", action="store_true", help="leave out the pages")
    given = parser.parse_args()
    logging.disable(logging.INFO)
    share = 10 if given.quick else 1
    on = machine()
    with tempfile.TemporaryDirectory(prefix="opsystem-bench-") as name:
        folder = Path(name)
        figures = making(folder, share)
        remarks = [memory(folder)]
        figures += working(folder, share)
        if not given.no_site:
            figures += pages(folder / "site", share)
    print(table(figures, [f"Machine: {on}.", *remarks], markdown=given.markdown))


def making(folder: Path, share: int) -> list[Figure]:
    """Measure making vaults, closed again outside of the measured time."""
    made: list[Vault] = []

    def create(number: int) -> None:
        made.append(Vault.create(folder / f"made-{number}", f"made-{number}", new_key(), SCHEMA))

    figure = measure("create a vault with directory and keys", create, runs=60 // share, target=20)
    for vault in made:
        vault.close()
    return [figure]


def memory(folder: Path) -> str:
    """Return how much memory an open vault costs, with a list read from each."""
    keys = {f"open-{number}": new_key() for number in range(_OPEN_AT_ONCE)}
    for vault_id, key in keys.items():
        with Vault.create(folder / vault_id, vault_id, key, SCHEMA) as vault:
            found_business.perform(vault, OWNER, _FOUNDING)
            list_clients.ask(vault, OWNER)
    before = resident_memory()
    vaults = [Vault(folder / vault_id, vault_id, key, SCHEMA) for vault_id, key in keys.items()]
    for vault in vaults:
        list_clients.ask(vault, OWNER)
    each = (resident_memory() - before) / len(vaults)
    for vault in vaults:
        vault.close()
    return f"Memory of one more open vault, nearly empty, with the client list read once: {each:.2f} MiB."


def working(folder: Path, share: int) -> list[Figure]:
    """Measure a vault of 10,000 clients."""
    place, key = folder / "full", new_key()
    with Vault.create(place, "full", key, SCHEMA) as vault:
        found_business.perform(vault, OWNER, _FOUNDING)
        fill(vault)

    opened: list[Vault] = []

    def open_cold(number: int) -> None:  # noqa: ARG001
        vault = Vault(place, "full", key, SCHEMA)
        opened.append(vault)
        read_one(vault, 1)

    figures = [measure("open it cold and read one client", open_cold, runs=200 // share, target=5)]
    for vault in opened:
        vault.close()

    pool = VaultPool(lambda vault_id: Vault(place, vault_id, key, SCHEMA))
    figures.append(
        measure("take it warm from the pool", lambda _: take(pool), runs=2000 // share, target=0.1)
    )
    with pool.use("full") as vault:
        figures += using(vault, share)
    pool.close()
    return figures


def take(pool: VaultPool) -> None:
    """Take the open vault and give it back."""
    with pool.use("full"):
        pass


def read_one(vault: Vault, number: int) -> None:
    """Read one client by its number in a session of its own."""
    with vault.reading() as session:
        session.get_one(Client, number % CLIENTS + 1)


def using(vault: Vault, share: int) -> list[Figure]:
    """Measure what an open vault of 10,000 clients does all day."""
    words = itertools.cycle(
        [f"{first[:4]} {last[:3]}" for first, last in zip(FIRST, LAST, strict=False)]
        + [last[:5] for last in LAST]
        + [f"{number:04d}" for number in range(0, 10_000, 371)]
    )

    def save(number: int) -> None:
        given = {"client": f"C-{number * 37 % CLIENTS + 1}", "notes": f"Written at run {number}."}
        edit_client.perform(vault, OWNER, given, request_id=str(uuid.uuid4()))

    def search(number: int) -> None:  # noqa: ARG001
        search_records.ask(vault, OWNER, {"text": next(words)})

    def listed(number: int) -> None:
        list_clients.ask(vault, OWNER, {"page": number % (CLIENTS // 50) + 1})

    return [
        measure(
            "point read through the ORM", lambda n: read_one(vault, n * 37), runs=2000 // share, target=0.3
        ),
        measure("save a client: operation, journal, commit", save, runs=1000 // share, target=1),
        measure("search 10,000 clients", search, runs=1000 // share, target=5),
        measure("one page of the client list, the query alone", listed, runs=500 // share),
    ]


def pages(folder: Path, share: int) -> list[Figure]:
    """Measure pages over HTTP, the server being one process, the caller another."""
    runs = 500 // share
    with served(folder) as (visitor, number):
        clients = f"/b/{number}/clients"
        rows_only = {"HX-Request": "true", "HX-Target": "section#rows"}

        def any_page(number: int) -> None:
            visitor.get(f"{clients}?page={number % (CLIENTS // 50) + 1}")

        def typing(number: int) -> None:
            visitor.get(f"{clients}?text={LAST[number % len(LAST)][:4]}", **rows_only)

        name = f"client list page with {CLIENTS:,} clients, over HTTP"
        first = measure(name, lambda _: visitor.get(clients), runs=runs, target=5, target_p95=10, warm_up=30)
        return [
            first,
            measure("the same, any of its 200 pages", any_page, runs=runs),
            measure("the same, searched while typing, rows only", typing, runs=runs),
            measure("one client's page", lambda n: visitor.get(f"{clients}/{n % CLIENTS + 1}"), runs=runs),
            measure("the account's page, no vault opened", lambda _: visitor.get("/account"), runs=runs),
        ]


if __name__ == "__main__":
    main()
