"""Messages as files: each email as EML, which every mail program opens; texts as plain text, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sqlalchemy import select

from opsystem.business.conversations.models import Message, Thread
from opsystem.business.profile.models import Profile
from opsystem.lifecycle.exporting.reading import Words, in_batches
from opsystem.lifecycle.exporting.shelf import Shelf
from opsystem.vault.archives.writing import Entry

LOOSE = "Messages without client"
_LONGEST_TITLE = 60
# Whatever stood in a subject or address stays one line of a header.
_POLICY = SMTP.clone(refold_source="all")


def letter(message: Message, address: str, own: str) -> bytes:
    """Return an email as EML. `own` is the business's address, `address` the other side's."""
    sender, receiver = (address, own) if message.inbound else (own, address)
    eml = EmailMessage(policy=_POLICY)
    eml["Date"] = format_datetime(message.created_at)
    eml["Subject"] = _one_line(message.subject)
    eml["X-From"], eml["X-To"] = _one_line(sender), _one_line(receiver)
    for name, one in (("From", sender), ("To", receiver)):
        if one and one.isascii() and one.isprintable() and " " not in one:
            eml[name] = one
    eml["X-OpSystem-Message"] = message.ref
    if not message.inbound:
        eml["X-OpSystem-State"] = message.state
    eml.set_content(message.body.replace("\0", ""), cte="base64" if not message.body.isascii() else None)
    return eml.as_bytes()


def letter_name(message: Message, words: Words) -> str:
    """Return what the file of an email is called: day, subject and number."""
    title = message.subject[:_LONGEST_TITLE].strip() or "No subject"
    return f"{words.at(message.created_at)[:10]} {title} ({message.ref}).eml"


def text_lines(message: Message, address: str, words: Words) -> bytes:
    """Return a text message as it stands in a file of many."""
    who = f"{message.author} to {address}" if not message.inbound else f"{address}"
    state = "" if message.inbound else f", {message.state.replace('_', ' ')}"
    return f"{words.at(message.created_at)}  {who}  ({message.ref}{state})\n{message.body}\n\n".encode()


def of_client(
    messages: Iterable[tuple[Message, str]], words: Words, claim: Callable[[str], str], own: str
) -> Iterator[Entry]:
    """Yield the files of one client's messages: an EML an email, and all texts in one."""
    texts: list[bytes] = []
    for message, address in messages:
        if message.channel == "sms":
            texts.append(text_lines(message, words.phone(address), words))
        else:
            yield Entry(claim(letter_name(message, words)), [letter(message, address, own)])
    if texts:
        yield Entry(claim("Texts.txt"), texts)


def loose_letters(shelf: Shelf, words: Words) -> Iterator[Entry]:
    """Yield the messages of nobody the business knows."""
    loose = (
        select(Message, Thread.address)
        .join(Thread, Thread.id == Message.thread_id)
        .where(Message.client_id.is_(None))
    )
    own = own_address(shelf)
    emails, texts = loose.where(Message.channel != "sms"), loose.where(Message.channel == "sms")
    for rows in in_batches(shelf.source, emails, Message.id):
        for message, address, _ in rows:
            place = shelf.names.claim([LOOSE, letter_name(message, words)])
            yield Entry(place, [letter(message, address, own)])
    pages = in_batches(shelf.source, texts, Message.id)
    lines = (text_lines(row[0], words.phone(row[1]), words) for rows in pages for row in rows)
    yield Entry(shelf.names.claim([LOOSE, "Texts.txt"]), lines)


def own_address(shelf: Shelf) -> str:
    """Return the address the business sends mail from, or nothing."""
    profile = shelf.source.session.get(Profile, 1)
    return (profile.mail_address or "") if profile is not None else ""


def _one_line(words: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in words)
