"""Where else a client stands: in talks with Claude, and in what vendors reported. Those go as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from sqlalchemy import select

from opsystem.business.asking.models import Block, Conversation, Event, Proposal, Turn
from opsystem.business.clients.models import Client, Property
from opsystem.business.conversations.models import Message, Thread, VendorEvent
from opsystem.kit.phone import show_phone
from opsystem.kit.refs import LETTERS, make_ref
from opsystem.operations import Work
from opsystem.vault.journals.erasing import Found

# What is shorter says too little: "Al" stands in every second sentence.
_SHORTEST = 4


def words_about(work: Work, client: Client) -> set[str]:
    """Return the words by which a client is known: name, numbers, addresses."""
    words = {client.name, client.company, client.email, *_phones(client.phone)}
    for place in work.session.scalars(select(Property).where(Property.client_id == client.id)):
        words.add(place.street)
    for thread in work.session.scalars(select(Thread).where(Thread.client_id == client.id)):
        words |= {thread.address, *_phones(thread.address if thread.channel == "sms" else None)}
    return {word for word in words if word and len(word) >= _SHORTEST}


def mentioned_talks(work: Work, found: Found, words: Iterable[str]) -> set[int]:
    """Return the conversations with Claude in which a removed record or one of these words stands."""
    pattern = _pattern(words, found)
    turns = {
        row.id: row.conversation_id for row in work.session.execute(select(Turn.id, Turn.conversation_id))
    }
    talks = {
        number
        for number, title in work.session.execute(select(Conversation.id, Conversation.title))
        if pattern.search(title)
    }
    for turn, *texts in _texts(work):
        if turns.get(turn) not in talks and any(text and pattern.search(text) for text in texts):
            talks.add(turns[turn])
    return talks


def mentioned_events(work: Work, found: Found, words: Iterable[str]) -> set[int]:
    """Return the vendors' reports that carry an address, or are about a removed message."""
    numbers = found.get("message", set())
    vendor_ids = work.session.scalars(select(Message.vendor_id).where(Message.id.in_(numbers)))
    pattern = _pattern({*words, *(one for one in vendor_ids if one)}, {})
    return {
        row.id
        for row in work.session.execute(select(VendorEvent.id, VendorEvent.key, VendorEvent.payload))
        if pattern.search(row.key) or pattern.search(row.payload)
    }


def _texts(work: Work) -> Iterator[tuple[int, *tuple[str | None, ...]]]:
    """Yield every text of every talk, with its turn."""
    for chosen in (
        select(Turn.id, Turn.question, Turn.screen, Turn.problem),
        select(Block.turn_id, Block.content),
        select(Event.turn_id, Event.payload),
        select(Proposal.turn_id, Proposal.arguments, Proposal.result, Proposal.reason),
    ):
        for row in work.session.execute(chosen):
            yield tuple(row)


def _phones(phone: str | None) -> set[str]:
    if not phone:
        return set()
    digits = "".join(sign for sign in phone if sign.isdigit())
    return {phone, show_phone(phone), digits[-10:]}


def _pattern(words: Iterable[str], found: Found) -> re.Pattern[str]:
    """Return what finds any of the words, also as JSON writes them, and any reference to a record."""
    forms = {form for word in words for form in (word, json.dumps(word)[1:-1])}
    refs = {
        make_ref(table, number) for table, numbers in found.items() if table in LETTERS for number in numbers
    }
    parts = [re.escape(form) for form in sorted(forms, key=len, reverse=True)]
    if refs:
        parts.append(rf"\b(?:{'|'.join(sorted(refs))})\b")
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
