"""What goes with an email as it leaves: the paper it is about, laid out now, and chosen files."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainSerializer

from opsystem.business.conversations.enclosing import files_of
from opsystem.business.conversations.models import Message
from opsystem.business.files.finding import present
from opsystem.business.files.sniffing import PDF
from opsystem.business.printing.finishing import finished
from opsystem.business.printing.invoices import invoice_paper
from opsystem.business.printing.quotes import quote_paper
from opsystem.business.references import MessageRef, number_of
from opsystem.kit.refs import parse_ref
from opsystem.operations import Permission, Work, query


def _as_text(content: bytes) -> str:
    return base64.b64encode(content).decode()


@dataclass(frozen=True)
class Enclosure:
    """One attachment: its name, what its bytes were found to be, and the bytes (base64 in JSON)."""

    name: str
    media_type: str
    content: Annotated[bytes, PlainSerializer(_as_text, return_type=str, when_used="json")]


@query(permission=Permission.DELIVER, label="Take attachments of message", assistant=False)
def enclosures(work: Work, *, message: MessageRef) -> list[Enclosure]:
    """Return what goes with an email; a file that was removed meanwhile does not."""
    row = work.get(Message, number_of(message), "message")
    told = []
    if row.with_paper and row.about is not None:
        paper = invoice_paper if parse_ref(row.about)[0] == "invoice" else quote_paper
        made = finished(paper(work, row.about))
        told.append(Enclosure(made.name, PDF, made.content))
    for one in files_of(work, [row.id]).get(row.id, []):
        file = present(work, one.ref)
        with work.vault.files.open(file.content_id) as stored:
            told.append(Enclosure(file.name, file.media_type, stored.read()))
    return told
