"""How Mailgun calls the product: signed, and again for eight hours until it hears 200 or 406.

The minutes of its timetable are `retry_pace` seconds long here. A second attempt is signed anew, since the
vendor's own SDK refuses a timestamp older than 15 minutes.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from sandbox.errands import Outgoing
from sandbox.mailgun.signature import new_stamp, signed
from sandbox.store import Row
from sandbox.world import World

_WEBHOOK_MINUTES = (5, 10, 15, 60, 120, 240)
_ROUTE_MINUTES = (10, 15, 30, 60, 120, 240)


class MailgunCaller:
    """Signs calls with the webhook signing key."""

    def __init__(self, world: World) -> None:
        self._world = world

    def outgoing(self, callback: Row) -> Outgoing:
        """An event as JSON with its signature block, or a forwarded mail as a form with signature fields."""
        content = json.loads(callback["content"])
        stamp = content["stamp"] if callback["attempts"] == 0 else new_stamp()
        signature = signed(self._world.settings.mailgun_signing_key, stamp)
        headers = {"User-Agent": "mailgun/treq-sandbox"}
        if "form" in content:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            return Outgoing("POST", callback["url"], headers, urlencode(content["form"] | signature).encode())
        headers["Content-Type"] = "application/json"
        body = {"signature": signature, "event-data": content["event"]}
        return Outgoing("POST", callback["url"], headers, json.dumps(body).encode())

    def answered(self, callback: Row, status: int | None) -> float | None:
        """200 ends it, 406 means no more; anything else is tried again by the timetable."""
        if status in (200, 406):
            return None
        minutes = _ROUTE_MINUTES if callback["about"] == "route" else _WEBHOOK_MINUTES
        if callback["attempts"] >= len(minutes):
            return None
        return minutes[callback["attempts"]] * self._world.settings.retry_pace
