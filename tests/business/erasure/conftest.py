"""Gulf Plumbing with Ana, of whom everything is known that can be, and Zoe, who must not lose a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from opsystem.business.asking.operations import ask
from opsystem.business.clients.operations import add_client, add_property, edit_client
from opsystem.business.conversations.operations import (
    receive_email,
    receive_text,
    send_text,
    store_event,
)
from opsystem.business.files.operations import add_file
from opsystem.business.history.operations import undo_change
from opsystem.business.jobs.operations import add_note, book_job
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene
from tests.business.asking.stage import proposed
from tests.business.opening import ALICE, open_business

# No word of it occurs anywhere else.
PLANTED = (
    "Anastasiqua", "Ruizenga", "2285553141", "555-3141", "anastasiqua@planted.example", "Quokkastreet",
    "gatecode-7781", "plantednote", "plantedjob", "plantedtext", "plantedmail", "plantedanswer",
    "plantedfile", "plantedcaption", "plantedquestion", "plantedproposal", "plantedevent", "plantedbytes",
    "plantedundone",
)  # fmt: skip
KEY = bytes(range(1, 33))


@dataclass(frozen=True)
class Known:
    """The vault, where it lies, and its key."""

    vault: Vault
    place: Path
    alice: Actor


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Known]:
    with open_business(tmp_path, "Gulf Plumbing", ALICE, KEY) as vault:
        scene.with_addresses(vault)
        _zoe(vault)
        _ana(vault)
        yield Known(vault, tmp_path / ALICE.id, ALICE)


def _zoe(vault: Vault) -> None:
    zoe = scene.client(vault, ALICE, "Zoe Lindholm", "2285550199", street="9 Elm St", city="Ironwood")
    scene.job(vault, ALICE, zoe, "Zoes heater", goes=ALICE)
    add_note.perform(vault, ALICE, {"about": zoe, "text": "Zoe has a dog."})
    text = {"vendor_key": "Z", "sender": "+12285550199", "body": "Zoe writes"}
    receive_text.perform(vault, scene.TWILIO, text)


def _ana(vault: Vault) -> None:
    given = {"name": "Anastasiqua Ruizenga", "phone": "2285553141", "email": "anastasiqua@planted.example"}
    ana = add_client.perform(
        vault, ALICE, {**given, "street": "12 Quokkastreet", "city": "Hurley"}, request_id="made-ana"
    ).value.ref
    add_property.perform(vault, ALICE, {"client": ana, "street": "14 Quokkastreet", "city": "Hurley"})
    edit_client.perform(vault, ALICE, {"client": ana, "notes": "gatecode-7781"})
    undone = edit_client.perform(vault, ALICE, {"client": ana, "notes": "plantedundone"})
    undo_change.perform(vault, ALICE, {"change": make_ref("change", undone.change_set_id or 0)})
    booked = {"client": ana, "title": "plantedjob", "starts_at": "2026-11-24T15:00:00Z", "members": ["U-1"]}
    job = book_job.perform(vault, ALICE, booked).value.ref
    add_note.perform(vault, ALICE, {"about": job, "text": "plantednote"})
    stored = vault.files.write([b"plantedbytes in a file"], limit=100)
    file = {"content_id": stored.content_id, "name": "plantedfile.txt", "caption": "plantedcaption"}
    add_file.perform(vault, ALICE, {**file, "client": ana})
    _words(vault, ana)


def _words(vault: Vault, ana: str) -> None:
    sent = {"client": ana, "body": "plantedanswer"}
    send_text.perform(vault, ALICE, sent)
    sender = {"sender": "+12285553141", "body": "plantedtext"}
    receive_text.perform(vault, scene.TWILIO, {"vendor_key": "SM1", **sender})
    mail = {"sender": "anastasiqua@planted.example", "sender_name": "Anastasiqua", "subject": "plantedmail"}
    receive_email.perform(vault, scene.TWILIO, {"vendor_key": "MG1", **mail, "body": "plantedmail"})
    event = {"From": "+12285553141", "Body": "plantedevent", "MessageSid": "SM1"}
    store_event.perform(
        vault, scene.TWILIO, {"vendor": "twilio", "key": "SM1", "event": "sms", "payload": event}
    )
    proposed(vault, ALICE, "send_text", {"client": ana, "body": "plantedproposal"})
    ask.perform(vault, ALICE, {"question": f"plantedquestion: when did {ana} call?"})
    with vault.mechanics() as session:
        turn = vault.schema.metadata.tables["turn"]
        session.execute(turn.update().values(state="done"))
