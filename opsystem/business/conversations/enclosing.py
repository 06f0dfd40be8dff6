"""Files that go with emails and come with them: whose they may be, how much an email takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import select, update

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Message, MessageFile
from opsystem.business.conversations.records import MessageFileRow
from opsystem.business.files.finding import present
from opsystem.business.files.keeping import ContentId, FileName, keep_file
from opsystem.business.files.models import File
from opsystem.business.references import FileRef
from opsystem.kit.errors import Invalid
from opsystem.operations import Work

# Many mailboxes take no more than ten; files grow by a third on their way.
MOST_BYTES = 10_000_000
Files = Annotated[
    tuple[FileRef, ...],
    Field(max_length=20, description="Files of the client that go with the email, 10 MB together at most."),
]


PAPERS = ("quote", "invoice")


@dataclass(frozen=True)
class Enclosed:
    """What goes with an email: the PDF of what it is about, and chosen files."""

    with_paper: bool
    files: tuple[File, ...]


NOTHING = Enclosed(with_paper=False, files=())


@dataclass(frozen=True)
class Arrived:
    """A file that came with an email, kept already: its content and what its sender calls it."""

    content_id: ContentId
    name: FileName


def chosen_files(work: Work, references: Sequence[str], client: Client) -> list[File]:
    """Return files that may go to a client. Raises Invalid: somebody else's, or too much for one email."""
    files = [present(work, one) for one in dict.fromkeys(references)]
    for file in files:
        if file.client_id not in (None, client.id):
            message = f"{file.name} is not a file of {client.name}."
            raise Invalid(message, code="other_client", fields={"files": message})
    size = sum(file.size for file in files)
    if size > MOST_BYTES:
        message = (
            f"These files come to {size / 1_000_000:.1f} MB, and an email takes 10. "
            "Share them on the client's own page and send the link instead."
        )
        raise Invalid(message, code="too_large", fields={"files": message})
    return files


def keep_arrived(work: Work, message: Message, arrived: Sequence[Arrived]) -> None:
    """Put the files that came with an email to its client."""
    for one in dict.fromkeys(arrived):
        file = keep_file(work, one.content_id, one.name, message.client_id, by=message.author)
        work.session.add(MessageFile(message_id=message.id, file_id=file.id))


def hand_over(work: Work, thread_id: int, before: int | None, client_id: int) -> None:
    """Give the files that came on a thread to the client whose thread it is found to be."""
    came = (
        select(MessageFile.file_id)
        .join(Message, Message.id == MessageFile.message_id)
        .where(Message.thread_id == thread_id, Message.inbound.is_(True))
    )
    mine = File.client_id.is_(None) if before is None else File.client_id == before
    work.session.execute(
        update(File).where(File.id.in_(came), File.job_id.is_(None), mine).values(client_id=client_id)
    )


def files_of(work: Work, messages: Collection[int]) -> dict[int, list[MessageFileRow]]:
    """Return the files of messages, by the message's number."""
    found: dict[int, list[MessageFileRow]] = defaultdict(list)
    with_them = (
        select(MessageFile.message_id, File)
        .join(File, File.id == MessageFile.file_id)
        .where(MessageFile.message_id.in_(messages), File.removed_at.is_(None))
        .order_by(MessageFile.id)
    )
    for number, file in work.session.execute(with_them):
        found[number].append(MessageFileRow(file.ref, file.id, file.name, file.size))
    return found
