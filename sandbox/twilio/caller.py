"""How Twilio calls the product: signed, once, and again only where the URL's fragment asks for it.

`#rc=2` asks for two more attempts (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-
overrides). A person's text that the number's URL did not take goes to its fallback URL.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urldefrag, urlencode

from sandbox.errands import Outgoing
from sandbox.store import Row
from sandbox.twilio.signature import sign
from sandbox.world import World


class TwilioCaller:
    """Signs calls with the account's token."""

    def __init__(self, world: World) -> None:
        self._world = world

    def outgoing(self, callback: Row) -> Outgoing:
        """A signed form, or a signed query where the number asks for GET."""
        content = json.loads(callback["content"])
        fields: dict[str, Any] = content.get("fields", content)
        url = urldefrag(callback["url"]).url
        token = self._world.settings.twilio_auth_token
        headers = {"User-Agent": "TwilioProxy/1.1", "I-Twilio-Idempotency-Token": f"sandbox-{callback['id']}"}
        if content.get("method") == "GET":
            url += ("&" if "?" in url else "?") + urlencode(fields)
            return Outgoing("GET", url, headers | {"X-Twilio-Signature": sign(token, url, {})}, b"")
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": sign(token, url, fields),
        }
        return Outgoing("POST", url, headers, urlencode(fields).encode())

    def answered(self, callback: Row, status: int | None) -> float | None:
        """One attempt, or as many more as the fragment asks for; then the fallback URL, once."""
        if status is not None and status < 400:
            return None
        wanted = parse_qs(urldefrag(callback["url"]).fragment).get("rc", ["0"])[0]
        if wanted.isdecimal() and callback["attempts"] < min(int(wanted), 5):
            return self._world.settings.pace
        content = json.loads(callback["content"])
        if content.get("fallback"):
            said = content | {"fallback": None}
            self._world.errands.call("twilio", callback["subject"], "inbound", content["fallback"], said)
        return None
