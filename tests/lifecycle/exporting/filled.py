"""Gulf clients with a little of everything, a formula and a script among the words."""

from __future__ import annotations

from datetime import datetime

import pytest

from opsystem.business.clients.operations import add_client, add_property, archive_client
from opsystem.business.conversations.operations import send_text
from opsystem.business.files.operations import add_file, remove_file
from opsystem.business.jobs.operations import add_note, book_job
from opsystem.business.packs.operations import install_pack
from opsystem.business.profile.channels import assign_addresses
from opsystem.kit import clock
from opsystem.lifecycle.exporting.everything import everything
from opsystem.lifecycle.exporting.source import one_state
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business.files.samples import jpeg_with_position, pdf
from tests.lifecycle.office import Office

EVIL = '<script>alert(1)</script> & "Söhne"'


@pytest.fixture
def filled(office: Office) -> Office:
    """Alice's business with a little of everything in it."""
    alice, vault = office.actor(office.alice), office.vault
    install_pack.perform(vault, alice, {"name": "plumbing"})
    assign_addresses.perform(vault, Actor.system(), {"sms_number": "+18455550100"})
    ana = {"name": "Ana Ruiz", "phone": "(228) 555-0142", "email": "ana@example.com", "notes": "=1+1"}
    add_client.perform(vault, alice, {**ana, "street": "12 Oak St", "city": "Hurley", "state": "MS"})
    add_property.perform(
        vault, alice, {"client": "C-1", "street": "9 Elm St", "city": "Hurley", "access_notes": "Gate 4411"}
    )
    add_client.perform(vault, alice, {"name": EVIL})
    archive_client.perform(vault, alice, {"client": "C-2"})
    heater = {"client": "C-1", "title": "Water heater", "property": "P-1", "checklist": "K-1"}
    book_job.perform(vault, alice, {**heater, "members": ["U-1"], "starts_at": "2030-11-25T09:00"})
    add_note.perform(vault, alice, {"about": "J-1", "text": "Bring the long hose.\nAnd tape."})
    send_text.perform(vault, alice, {"client": "C-1", "body": "Bob comes at 9.", "about": "V-1"})
    put(office, "gate.jpg", jpeg_with_position(), client="C-1")
    put(office, "Gate.JPG", jpeg_with_position(6), client="C-1")
    put(office, "../Invoice 41/2030.pdf", pdf(), job="J-1")
    put(office, "handbook.pdf", pdf("Handbook"))
    put(office, "old.pdf", pdf("Old"), client="C-1")
    remove_file.perform(vault, alice, {"file": "F-5"})
    return office


def put(office: Office, name: str, content: bytes, **belongs: str) -> None:
    """Add a file to the vault."""
    stored = office.vault.files.write([content], limit=10**7)
    given = {"content_id": stored.content_id, "name": name, **belongs}
    add_file.perform(office.vault, office.actor(office.alice), given)


def packed(vault: Vault, at: datetime | None = None) -> bytes:
    """Return the whole archive as bytes."""
    with one_state(vault) as source:
        return b"".join(everything(source, by="Alice", at=at or clock.now()))
