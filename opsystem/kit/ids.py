"""Request ids: made by whoever asks, so that asking twice performs once."""

from __future__ import annotations

import secrets


def new_request_id() -> str:
    """Return a fresh 128-bit id as 32 hex digits."""
    return secrets.token_hex(16)
