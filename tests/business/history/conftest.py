"""A business in which something has happened already."""

from __future__ import annotations

import pytest

from opsystem.business.conversations.operations import receive_text
from opsystem.business.files.operations import add_file
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene


@pytest.fixture
def prepared(vault: Vault, alice: Actor) -> Vault:
    """Return Alice's vault with two clients, a job with a visit, a file and a thread nobody knows."""
    maria = scene.client(vault, alice)
    scene.client(vault, alice, "Sam Lee", "2285550199")
    scene.job(vault, alice, maria, goes=alice)
    stored = vault.files.write([b"Quote"], limit=100)
    add_file.perform(vault, alice, {"content_id": stored.content_id, "name": "quote.txt", "client": maria})
    receive_text.perform(vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550777", "body": "Hi"})
    return vault
