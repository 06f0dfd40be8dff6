"""Which models a key may use: the free call that also proves a key."""

from __future__ import annotations

import anthropic
import httpx2

from opsystem.vendors.accounts import AnthropicConfig
from opsystem.vendors.anthropic.client import client_for
from opsystem.vendors.anthropic.failures import VENDOR, from_error
from opsystem.vendors.anthropic.passage import through
from opsystem.vendors.anthropic.records import ModelInfo
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage

LIST_MODELS = Call(VENDOR, "list_models", "look which models there are", {"limit": Category.TECHNICAL})
_MOST = 100


def list_models(config: AnthropicConfig, *, ledger: Ledger, ref: str, initiator: str) -> list[ModelInfo]:
    """Return the key's models, newest first (100 at most). Raises GatewayError; BAD_KEY for a wrong key."""
    client = through(client_for(config), Passage(LIST_MODELS, ledger, ref, initiator))
    try:
        page = client.models.list(limit=_MOST)
    except (anthropic.APIError, httpx2.HTTPError) as error:
        raise from_error(error) from error
    return [ModelInfo(id=one.id, name=one.display_name) for one in page.data]
