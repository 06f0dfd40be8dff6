"""Ten thousand clients with what belongs to them, as one business would have them after years."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from demo.people import FIRST, LAST, STREETS, TOWNS
from opsystem.business.clients.models import Client, Property
from opsystem.business.conversations.models import Thread
from opsystem.business.jobs.models import Job, Visit
from opsystem.kit import clock
from opsystem.vault import Author, Vault

CLIENTS = 10_000
_AT_ONCE = 1_000
_FIRST_PHONE = 2_000_000


def fill(vault: Vault, number: int = CLIENTS) -> None:
    """Add clients, each with a property, every second one with a job, a visit to come and a thread.

    Written in a few large change sets in the name of the system; journal and search rows are the
    triggers', as in any other write.
    """
    rng, now = random.Random(3), clock.now()
    author = Author("system", "system", "Bench", "bench", "Filled")
    for begin in range(0, number, _AT_ONCE):
        with vault.writing(author, now) as (session, _):
            clients = [_client(rng, begin + place, now) for place in range(min(_AT_ONCE, number - begin))]
            session.add_all(clients)
            session.flush()
            session.add_all(_property(rng, client) for client in clients)
            _busy(session, clients[::2], now)


def _client(rng: random.Random, number: int, now: datetime) -> Client:
    first, last = rng.choice(FIRST), rng.choice(LAST)
    return Client(
        name=f"{first} {last}",
        phone=f"+1228{_FIRST_PHONE + number}",
        email=f"{first}.{last}.{number}@mail.example".lower(),
        notes="Prefers mornings." if number % 3 else "",
        created_at=now,
    )


def _property(rng: random.Random, client: Client) -> Property:
    town, postcode = rng.choice(TOWNS)
    street = f"{rng.randrange(2, 9900)} {rng.choice(STREETS)}"
    return Property(client_id=client.id, street=street, city=town, state="MS", postcode=postcode)


def _busy(session: Session, clients: list[Client], now: datetime) -> None:
    """Give clients a job with a visit to come, and a thread."""
    jobs = [
        Job(client_id=client.id, title="Yearly service", created_at=now, created_by="Bench")
        for client in clients
    ]
    session.add_all(jobs)
    session.flush()
    for job in jobs:
        begins = now + timedelta(minutes=30 * job.id)
        session.add(Visit(job_id=job.id, starts_at=begins, ends_at=begins + timedelta(hours=1)))
    session.add_all(
        Thread(channel="sms", address=client.phone, client_id=client.id, last_at=now) for client in clients
    )
