"""One folder a client: a page to read, a card, the messages, and the original files under their own names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from opsystem.business.clients.models import Client, Note, Property
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.files.models import File
from opsystem.business.jobs.models import Job, Task, Visit
from opsystem.business.record import Record
from opsystem.lifecycle.exporting import letters
from opsystem.lifecycle.exporting.cards import card
from opsystem.lifecycle.exporting.pages import render
from opsystem.lifecycle.exporting.reading import Words, in_batches
from opsystem.lifecycle.exporting.sheets import PEOPLE
from opsystem.lifecycle.exporting.shelf import Shelf
from opsystem.vault.archives.names import ArchiveNames
from opsystem.vault.archives.writing import Entry

R = TypeVar("R", bound=Record)
FOLDER = "Clients"
_AT_ONCE = 25
_LONGEST_NAME = 60


@dataclass
class Folder:
    """A client with everything around it, as its page shows it."""

    client: Client
    properties: list[Property] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    visits: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    tasks: dict[int, list[Task]] = field(default_factory=lambda: defaultdict(list))
    notes: list[Note] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    addresses: dict[int, str] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the folder is called: `Ana Ruiz (C-12)`."""
        return f"{self.client.name[:_LONGEST_NAME].strip()} ({self.client.ref})"


@dataclass(frozen=True)
class Link:
    """A file beside the page: where it lies, what it is called, whether a browser shows it."""

    href: str
    file: File
    is_shown: bool


_SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})


def client_entries(shelf: Shelf, words: Words) -> Iterator[Entry]:
    """Yield the folders of all clients, and at the end the list of them."""
    known: list[tuple[str, str, str]] = []
    own = letters.own_address(shelf)
    for rows in in_batches(shelf.source, select(Client), Client.id, size=_AT_ONCE):
        for folder in _folders(shelf.source.session, [row.Client for row in rows]):
            home = shelf.names.claim([FOLDER, folder.name])
            yield from _inside(shelf, words, folder, home, own)
            known.append((folder.client.name, folder.client.ref, home.removeprefix(f"{FOLDER}/")))
    yield Entry(shelf.names.claim([FOLDER, "index.html"]), _list(words, known))


def _inside(shelf: Shelf, words: Words, folder: Folder, home: str, own: str) -> Iterator[Entry]:
    # Names are given out for each folder by itself, so that those of all clients are never in memory at once.
    names = ArchiveNames()
    page = names.claim(["index.html"])

    def claim(*parts: str) -> str:
        return f"{home}/{names.claim(parts)}"

    links = []
    for file in folder.files:
        if file.removed_at is not None:
            continue
        entry = shelf.take(lambda name: claim("Files", name), file)
        yield entry
        href = quote(entry.name.removeprefix(f"{home}/"))
        links.append(Link(href, file, file.media_type in _SHOWN))
    said = [(message, folder.addresses[message.thread_id]) for message in folder.messages]
    yield from letters.of_client(said, words, lambda name: claim("Messages", name), own)
    yield Entry(claim(f"{folder.client.name[:_LONGEST_NAME]}.vcf"), [card(folder.client, folder.properties)])
    yield Entry(f"{home}/{page}", [render("client.html", folder=folder, links=links, words=words)])


def _list(words: Words, known: list[tuple[str, str, str]]) -> Iterable[bytes]:
    known.sort(key=lambda one: one[0].casefold())
    clients = [(name, ref, f"{quote(folder)}/index.html") for name, ref, folder in known]
    yield render("clients.html", clients=clients, words=words)


def _folders(session: Session, clients: list[Client]) -> Iterator[Folder]:
    """Yield some clients with everything around them: seven questions, however many clients."""
    folders = {client.id: Folder(client) for client in clients}
    job_clients = _jobs(session, folders)
    _work(session, folders, job_clients)
    of_these = list(folders)
    for place in session.scalars(_of(Property, Property.client_id, of_these)):
        folders[place.client_id].properties.append(place)
    for note in session.scalars(_of(Note, Note.client_id, of_these)):
        folders[note.client_id].notes.append(note)
    written = _of(Message, Message.client_id, of_these).join(Thread, Thread.id == Message.thread_id)
    for message, address in session.execute(written.add_columns(Thread.address)):
        folder = folders[message.client_id or 0]
        folder.messages.append(message)
        folder.addresses[message.thread_id] = address
    for file in session.scalars(_of(File, File.client_id, of_these)):
        folders[file.client_id or 0].files.append(file)
    yield from folders.values()


def _jobs(session: Session, folders: dict[int, Folder]) -> dict[int, int]:
    jobs = select(Job).where(Job.client_id.in_(folders)).order_by(Job.id.desc())
    client_of = {}
    for job in session.scalars(jobs):
        folders[job.client_id].jobs.append(job)
        client_of[job.id] = job.client_id
    return client_of


def _work(session: Session, folders: dict[int, Folder], client_of: dict[int, int]) -> None:
    """Put visits and checklist lines to their jobs. By the clients' jobs, in one question each."""
    of_these = select(Job.id).where(Job.client_id.in_(folders))
    visits = select(Visit, PEOPLE).where(Visit.job_id.in_(of_these)).order_by(Visit.starts_at, Visit.id)
    for row in session.execute(visits):
        if row.Visit.job_id in client_of:
            folders[client_of[row.Visit.job_id]].visits[row.Visit.job_id].append(row)
    tasks = select(Task).where(Task.job_id.in_(of_these)).order_by(Task.position, Task.id)
    for task in session.scalars(tasks):
        if task.job_id in client_of:
            folders[client_of[task.job_id]].tasks[task.job_id].append(task)


def _of(entity: type[R], client: InstrumentedAttribute[Any], clients: list[int]) -> Select[R]:
    """Return the statement of an entity's rows of some clients, in their order."""
    return select(entity).where(client.in_(clients)).order_by(entity.id)
