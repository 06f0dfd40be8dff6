"""How fast slots are found and the board is made: `python -m bench.board [--markdown] [--quick]`.

One vault with 20 technicians and 50,000 visits over two years, so that each person has three or four a
day; measured in this process through the queries every door uses.
"""

from __future__ import annotations

import argparse
import logging
import random
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bench.measuring.figures import Figure, machine, measure, table
from opsystem.business.clients.operations import add_client
from opsystem.business.dispatch.board import board_mark, show_board
from opsystem.business.dispatch.queries import suggest_slots
from opsystem.business.jobs.models import Assignment, Visit
from opsystem.business.jobs.operations import book_job
from opsystem.business.nouns import SCHEMA
from opsystem.business.team.founding import found_business
from opsystem.business.team.operations import add_member
from opsystem.kit import clock
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from opsystem.vault.journals.journal import Author
from opsystem.vault.keys import new_key

_OWNER = Actor.person(id="1", name="Alice Tanner", role=Role.OWNER, member_id=1)
_FOUNDING = {
    "name": "Bench",
    "phone": "+12285550100",
    "website": "",
    "industry": "Plumbing",
    "zone": "America/Chicago",
    "owner_name": "Alice Tanner",
    "owner_email": "alice@bench.example",
}
_ZONE = ZoneInfo("America/Chicago")
_PEOPLE, _CLIENTS = 20, 200


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.board", description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print a table to paste")
    parser.add_argument("--quick", action="store_true", help="a tenth of the visits and runs")
    given = parser.parse_args()
    logging.disable(logging.INFO)
    share = 10 if given.quick else 1
    with (
        tempfile.TemporaryDirectory(prefix="opsystem-bench-") as name,
        Vault.create(Path(name) / "vault", "vault", new_key(), SCHEMA) as vault,
    ):
        _fill(vault, 50_000 // share)
        figures = _figures(vault, 20 // min(share, 4))
    print(table(figures, [f"Machine: {machine()}."], markdown=given.markdown))


def _fill(vault: Vault, visits: int) -> None:
    rng = random.Random(7)
    found_business.perform(vault, _OWNER, _FOUNDING)
    for number in range(_PEOPLE):
        given = {"name": f"Person {number}", "email": f"p{number}@bench.example", "role": Role.TECHNICIAN}
        add_member.perform(vault, _OWNER, given)
    for number in range(_CLIENTS):
        place = {"street": f"{number} Main St", "city": "Biloxi", "postcode": f"395{number % 12:02}"}
        client = add_client.perform(vault, _OWNER, {"name": f"Client {number}", **place}).value
        book_job.perform(vault, _OWNER, {"client": client.ref, "title": "Service"})
    first = clock.local(clock.now(), "America/Chicago").date() - timedelta(days=600)
    rows = [_visit(rng, first + timedelta(days=number * 730 // visits)) for number in range(visits)]
    author = Author("person", "1", "Alice Tanner", "bench", "Filled")
    with vault.writing(author, clock.now()) as (session, _):
        session.execute(insert(Visit), rows)
        people = [{"visit_id": number + 1, "member_id": number % _PEOPLE + 2} for number in range(len(rows))]
        session.execute(insert(Assignment), people)


def _visit(rng: random.Random, day: date) -> dict[str, object]:
    at = datetime.combine(day, time(rng.randrange(8, 16), rng.choice((0, 15, 30, 45))), _ZONE).astimezone(UTC)
    return {
        "job_id": rng.randrange(_CLIENTS) + 1,
        "starts_at": at,
        "ends_at": at + timedelta(minutes=rng.choice((30, 60, 90))),
        "instructions": "",
    }


def _figures(vault: Vault, runs: int) -> list[Figure]:
    today = clock.local(clock.now(), "America/Chicago").date()
    ahead = {"minutes": 90, "property": "P-3", "until": today + timedelta(days=59)}
    week = {"since": today, "until": today + timedelta(days=6)}
    return [
        measure(
            "three slots, 20 people, 60 days",
            lambda _: suggest_slots.ask(vault, _OWNER, ahead),
            runs=runs,
            target=100,
        ),
        measure(
            "board of a day", lambda _: show_board.ask(vault, _OWNER, {"since": today}), runs=runs, target=200
        ),
        measure("board of a week", lambda _: show_board.ask(vault, _OWNER, week), runs=runs, target=200),
        measure(
            "has the day changed",
            lambda _: board_mark.ask(vault, _OWNER, {"since": today}),
            runs=runs,
            target=10,
        ),
    ]


if __name__ == "__main__":
    main()
