"""The way of a text to the handset: queued, sent, delivered or not; and the status callbacks on it.

There is no callback for the first state. What becomes of a text is decided by its magic number, if it has
one.
"""

from __future__ import annotations

import time
from typing import Any

from sandbox.store import Row
from sandbox.twilio.phones import MAGIC
from sandbox.twilio.records import VERSION
from sandbox.world import World

JOB = "twilio.status"


def set_out(world: World, sid: str) -> None:
    """Plan the states of a new text."""
    text = world.store.get("SELECT recipient FROM texts WHERE sid = ?", sid)
    for step, (status, code) in enumerate(_states(text["recipient"]), start=1):
        payload = {"status": status, "code": code}
        world.errands.later(JOB, sid, payload, step * world.settings.pace)


def _states(recipient: str) -> list[tuple[str, int | None]]:
    magic = MAGIC.get(recipient)
    if magic is None:
        return [("sent", None), ("delivered", None)]
    on_the_way: dict[str, list[tuple[str, int | None]]] = {
        "queued": [],
        "sent": [("sent", None)],
        "failed": [("failed", magic.code)],
        "undelivered": [("sent", None), ("undelivered", magic.code)],
    }
    return on_the_way[magic.last]


def move_on(world: World, sid: str, status: str, code: int | None) -> None:
    """Bring a text into its next state and call back, as often and in the order that its faults say."""
    now = world.now()
    world.store.run(
        "UPDATE texts SET status = ?, error_code = ?, updated = ?, sent = coalesce(sent, ?) WHERE sid = ?",
        status, code, now, None if status == "failed" else now, sid,
    )  # fmt: skip
    text = world.store.one("SELECT * FROM texts WHERE sid = ?", sid)
    if text is None or not text["status_callback"]:
        return
    # A reversed callback waits until those of the later states have gone.
    held_back = 3 * world.settings.pace if text["callbacks_reversed"] and status == "sent" else 0.0
    world.errands.call(
        "twilio", sid, status, text["status_callback"], _fields(world, text, status),
        times=text["callback_times"], seconds=held_back,
    )  # fmt: skip


def _fields(world: World, text: Row, status: str) -> dict[str, Any]:
    fields = {
        "SmsSid": text["sid"],
        "SmsStatus": status,
        "MessageStatus": status,
        "To": text["recipient"],
        "MessageSid": text["sid"],
        "AccountSid": world.settings.twilio_account_sid,
        "From": text["sender"],
        "ApiVersion": VERSION,
    }
    if text["error_code"] is not None:
        fields["ErrorCode"] = str(text["error_code"])
    if status in ("delivered", "undelivered"):
        fields["RawDlrDoneDate"] = time.strftime("%y%m%d%H%M", time.gmtime(text["updated"]))
    return fields
