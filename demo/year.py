"""A year of work in one business, made by its own operations, each at its own moment."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from demo.books import Books, Done
from demo.founding import Founded
from demo.papers import paper
from demo.people import SampleClient, sample_clients
from demo.pictures import photo
from demo.talks import Talks
from demo.trades import TRADES, Trade
from demo.waiting import Waiting
from opsystem.business.checklists.queries import list_checklists
from opsystem.business.clients.operations import add_client, add_property
from opsystem.business.files.operations import add_file
from opsystem.business.jobs.operations import (
    add_note,
    book_job,
    cancel_job,
    complete_job,
    finish_visit,
    start_visit,
)
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor, Role

CLIENTS, JOBS, MESSAGES, PHOTOS, PAPERS = 305, 1510, 2010, 60, 24
_LIMIT = 50 * 1024 * 1024
Report = Callable[[float], None]


@dataclass(frozen=True)
class Known:
    """A client as it was added."""

    ref: str
    sample: SampleClient


class Year:
    """The making of one business's year. The same seed makes the same year, ending today."""

    def __init__(self, founded: Founded) -> None:
        self.founded = founded
        self.vault = founded.vault
        self.rng = random.Random(founded.sample.seed)
        self.trade: Trade = TRADES[founded.sample.pack]
        self.office = founded.of(Role.OWNER, Role.OFFICE)
        self.crew = founded.of(Role.TECHNICIAN)
        self.now = clock.now()
        self.checklists = [one.ref for one in list_checklists.ask(self.vault, self.office[0])]
        self.free: dict[tuple[int, str], int] = {}
        self.done: list[Done] = []
        self.cancelled: set[str] = set()

    def make(self, report: Report) -> None:
        """Make clients, jobs, messages, photos and papers; `report` is told how far it is, 0 to 1."""
        clients = self._clients()
        report(0.1)
        jobs = []
        for number, job in enumerate(self._jobs(clients)):
            jobs.append(job)
            if number % 100 == 0:
                report(0.1 + 0.5 * number / JOBS)
        Books(self.founded, self.rng, self.now).make(self.done)
        ahead = [
            (job, client.ref, at) for job, client, at in jobs if at > self.now and job not in self.cancelled
        ]
        Waiting(self.founded, random.Random(self.founded.sample.seed + 1), self.now).make(self.done, ahead)
        Talks(self.founded, self.rng, self.trade, self.now).make(clients, MESSAGES, report)
        self._files(jobs)
        self._tomorrow(clients[0])
        report(1.0)

    def _clients(self) -> list[Known]:
        clients = []
        for number, sample in enumerate(sample_clients(self.rng, CLIENTS)):
            at = self.now - timedelta(days=365 - number * 0.9, minutes=self.rng.randrange(600))
            actor = self.rng.choice(self.office)
            first, *more = sample.places
            place = {name: first[name] for name in ("street", "city", "state", "postcode")}
            given = {
                "name": sample.name,
                "company": sample.company,
                "phone": sample.phone,
                "email": sample.email,
            }
            added = add_client.perform(self.vault, actor, {**given, **place}, at=at).value
            for other in more:
                add_property.perform(self.vault, actor, {"client": added.ref, **other}, at=at)
            clients.append(Known(added.ref, sample))
        return clients

    def _jobs(self, clients: list[Known]) -> Iterator[tuple[str, Known, datetime]]:
        for number in range(JOBS):
            client = clients[min(int(self.rng.expovariate(1 / 110)), len(clients) - 1)]
            days = -364 + number * (364 + 21) // JOBS
            title, minutes = self.rng.choice(self.trade.jobs)
            worker = self.rng.choice(self.crew)
            starts = self._slot(worker, days, minutes)
            booked_at = min(
                starts - timedelta(days=self.rng.randrange(1, 9)), self.now - timedelta(minutes=5)
            )
            given = {
                "client": client.ref,
                "title": title,
                "starts_at": starts.isoformat(),
                "minutes": minutes,
                "members": [make_ref("member", worker.member_id or 1)],
            }
            if self.checklists and self.rng.random() < 0.3:
                given["checklist"] = self.rng.choice(self.checklists)
            booked = book_job.perform(self.vault, self.rng.choice(self.office), given, at=booked_at).value
            if self._work(booked.ref, booked.visit or "", worker, starts, minutes):
                self.done.append((booked.ref, client.ref, starts))
            yield booked.ref, client, starts

    def _slot(self, worker: Actor, days: int, minutes: int) -> datetime:
        """Return the next free time of a worker on that day, or on a working day after it."""
        zone_hours = 14
        day = (self.now + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
        while True:
            key = (worker.member_id or 0, f"{day:%Y-%m-%d}")
            begin = self.free.get(key, zone_hours * 60)
            if day.weekday() < 6 and begin + minutes <= (zone_hours + 10) * 60:
                self.free[key] = begin + minutes + 30
                return day + timedelta(minutes=begin)
            day += timedelta(days=1)

    def _work(self, job: str, visit: str, worker: Actor, starts: datetime, minutes: int) -> bool:
        """Let the job take its course until now; return whether it is done."""
        ends = starts + timedelta(minutes=minutes)
        if self.rng.random() < 0.03:
            cancel_job.perform(self.vault, self.office[0], {"job": job}, at=min(starts, self.now))
            self.cancelled.add(job)
            return False
        if ends >= self.now:
            return False
        if self.rng.random() < 0.3:
            start_visit.perform(self.vault, worker, {"visit": visit}, at=starts + timedelta(minutes=2))
        finish_visit.perform(self.vault, worker, {"visit": visit}, at=ends)
        if self.rng.random() < 0.25:
            note = {"about": job, "text": self.rng.choice(self.trade.notes)}
            add_note.perform(self.vault, worker, note, at=ends)
        complete_job.perform(
            self.vault, self.rng.choice(self.office), {"job": job}, at=ends + timedelta(hours=2)
        )
        return True

    def _files(self, jobs: list[tuple[str, Known, datetime]]) -> None:
        past = [job for job in jobs if job[2] < self.now]
        pictures = [photo(self.rng, self.founded.sample.pack, heic=number == 9) for number in range(10)]
        for number in range(PHOTOS):
            job, _, day = self.rng.choice(past[-400:])
            suffix = "heic" if number % 10 == 9 else "jpg"
            self._add(
                job, f"IMG_{4000 + number}.{suffix}", pictures[number % 10], self.rng.choice(self.crew), day
            )
        for number in range(PAPERS):
            job, client, day = self.rng.choice(past[-400:])
            title = self.trade.papers[number % len(self.trade.papers)]
            body = paper(title, self.founded.sample.name, client.sample.name, job, day.date())
            self._add(job, f"{title} {day:%Y-%m-%d}.pdf", body, self.rng.choice(self.office), day)

    def _add(self, job: str, name: str, body: bytes, actor: Actor, day: datetime) -> None:
        stored = self.vault.files.write(BytesIO(body), limit=_LIMIT)
        given = {"content_id": stored.content_id, "name": name, "job": job}
        if name.startswith("IMG"):
            given["caption"] = self.rng.choice(("Before", "After", "", "Needs a look", "Finished"))
            actor = self.office[0]
        add_file.perform(self.vault, actor, given, at=min(day + timedelta(hours=3), self.now))

    def _tomorrow(self, client: Known) -> None:
        """Give the first client a visit tomorrow at nine, so that there is something to ask about."""
        nine = (clock.local(self.now, "America/Chicago") + timedelta(days=1)).replace(
            hour=9, minute=0, second=0, microsecond=0
        )
        title, minutes = self.trade.jobs[0]
        given = {
            "client": client.ref,
            "title": title,
            "starts_at": nine.replace(tzinfo=None).isoformat(),
            "minutes": minutes,
            "members": [make_ref("member", self.crew[0].member_id or 1)],
        }
        book_job.perform(self.vault, self.office[0], given, at=self.now)
