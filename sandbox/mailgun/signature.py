"""Mailgun's signature block: HMAC-SHA256 over timestamp and token with the webhook signing key.

The content is not signed
(https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks).
"""

from __future__ import annotations

import hmac
import secrets
import time
from hashlib import sha256


def new_stamp() -> dict[str, str]:
    """A fresh timestamp and a token never used before."""
    return {"timestamp": str(int(time.time())), "token": secrets.token_hex(25)}


def signed(key: str, stamp: dict[str, str]) -> dict[str, str]:
    """The stamp with its signature."""
    text = (stamp["timestamp"] + stamp["token"]).encode()
    return stamp | {"signature": hmac.new(key.encode(), text, sha256).hexdigest()}
