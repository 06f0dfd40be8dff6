"""Clients as vCards, for any telephone or address book."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from opsystem.business.clients.models import Client, Property
from opsystem.lifecycle.exporting.content_lines import folded, line
from opsystem.lifecycle.exporting.reading import in_batches
from opsystem.lifecycle.exporting.source import Source
from opsystem.vault.archives.writing import Entry


def card(client: Client, places: list[Property]) -> bytes:
    """Return a client's vCard 3.0, with every place that was not removed."""
    given, _, family = client.name.strip().rpartition(" ")
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        line("UID", f"opsystem-{client.ref}"),
        line("FN", client.name),
        line("N", family, given, "", "", ""),
    ]
    if client.company:
        lines.append(line("ORG", client.company))
    if client.phone:
        lines.append(line("TEL;TYPE=VOICE", client.phone))
    if client.email:
        lines.append(line("EMAIL;TYPE=INTERNET", client.email))
    for place in places:
        if place.removed_at is None:
            where = ("", "", place.street, place.city, place.state, place.postcode, "")
            lines.append(line("ADR;TYPE=WORK", *where))
    if client.notes:
        lines.append(line("NOTE", client.notes))
    lines.append(f"REV:{client.created_at:%Y-%m-%dT%H:%M:%SZ}")
    return folded([*lines, "END:VCARD"])


def all_cards(source: Source) -> Entry:
    """Return one file with the cards of all clients."""
    return Entry("Clients.vcf", _cards(source))


def _cards(source: Source) -> Iterator[bytes]:
    for rows in in_batches(source, select(Client), Client.id):
        clients = [row.Client for row in rows]
        places: dict[int, list[Property]] = {client.id: [] for client in clients}
        wanted = select(Property).where(Property.client_id.in_(places)).order_by(Property.id)
        for place in source.session.scalars(wanted):
            places[place.client_id].append(place)
        yield b"".join(card(client, places[client.id]) for client in clients)
