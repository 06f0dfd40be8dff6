"""The way of a mail to each recipient: accepted, delivered or failed; events and webhooks on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.mailgun.addresses import magic_of
from sandbox.mailgun.records import event_record
from sandbox.mailgun.signature import new_stamp
from sandbox.mailgun.webhooks import urls_for
from sandbox.store import Row
from sandbox.world import World

JOB = "mailgun.state"


@dataclass(frozen=True)
class Step:
    """One thing that happens to a mail, with what an event says of it."""

    event: str
    severity: str | None = None
    reason: str | None = None
    status: dict[str, Any] | None = None


_ACCEPTED = Step("accepted")
_DELIVERED = Step("delivered", status={
    "tls": True, "mx-host": "mx.sandbox.test", "code": 250, "description": "", "session-seconds": 0.4,
    "utf8": True, "attempt-no": 1, "message": "OK", "certificate-verified": True,
})  # fmt: skip
_NO_MAILBOX = Step("failed", "permanent", "bounce", {
    "attempt-no": 1, "code": 550, "enhanced-code": "5.1.1", "session-seconds": 0.3,
    "message": "5.1.1 The email account that you tried to reach does not exist.", "description": "",
})  # fmt: skip
_LATER = Step("failed", "temporary", "generic", {
    "attempt-no": 1, "code": 451, "enhanced-code": "4.7.1", "retry-seconds": 600, "session-seconds": 0.3,
    "message": "4.7.1 Try again later.", "description": "",
})  # fmt: skip
_SUPPRESSED = Step("failed", "permanent", "suppress-bounce", {
    "attempt-no": 1, "code": 605, "message": "", "session-seconds": 0.0,
    "description": "Not delivering to previously bounced address",
})  # fmt: skip
_SPAM = Step("complained")

STEPS = {
    "accepted": _ACCEPTED, "delivered": _DELIVERED, "bounce": _NO_MAILBOX, "defer": _LATER,
    "suppressed": _SUPPRESSED, "complain": _SPAM,
}  # fmt: skip


def set_out(world: World, mail: int, address: str) -> None:
    """Accept a mail for one recipient and plan what becomes of it."""
    happen(world, mail, address, "accepted")
    for number, name in enumerate(_steps(world, mail, address), start=1):
        payload = {"mail": mail, "address": address, "step": name}
        world.errands.later(JOB, f"mail-{mail}", payload, number * world.settings.pace)


def _steps(world: World, mail: int, address: str) -> list[str]:
    domain = world.store.get("SELECT domain FROM mails WHERE id = ?", mail)["domain"]
    if world.store.one("SELECT 1 FROM bounces WHERE domain = ? AND address = ?", domain, address):
        return ["suppressed"]
    return {
        "bounce": ["bounce"],
        "defer": ["defer", "delivered"],
        "silent": [],
        "complain": ["delivered", "complain"],
        None: ["delivered"],
    }[magic_of(address)]


def happen(world: World, mail: int, address: str, name: str) -> None:
    """Write an event down and call the webhooks for it."""
    step = STEPS[name]
    row = world.store.get("SELECT * FROM mails WHERE id = ?", mail)
    way = world.store.get("SELECT * FROM mail_recipients WHERE mail = ? AND address = ?", mail, address)
    data = event_record(row, address, step.event, world.now(), step.severity)
    if step.reason is not None:
        data["reason"] = step.reason
    if step.status is not None:
        data["delivery-status"] = step.status
    world.store.add(
        "mail_events", key=data["id"], domain=row["domain"], event=step.event, severity=step.severity,
        recipient=address, message_id=row["message_id"], at=data["timestamp"], data=json.dumps(data),
    )  # fmt: skip
    world.store.run(
        "UPDATE mail_recipients SET state = ? WHERE mail = ? AND address = ?",
        " ".join(filter(None, [step.event, step.severity])), mail, address,
    )  # fmt: skip
    if name == "bounce":
        world.store.run(
            "INSERT OR IGNORE INTO bounces VALUES (?, ?, '550', ?, ?)",
            row["domain"], address, _NO_MAILBOX.status and _NO_MAILBOX.status["message"], world.now(),
        )  # fmt: skip
    _call_webhooks(world, row, way, step, data)


def _call_webhooks(world: World, mail: Row, way: Row, step: Step, data: dict[str, Any]) -> None:
    last = step.event in ("delivered", "complained") or step.severity == "permanent"
    # A reversed webhook waits until those of the later states have gone.
    held_back = 3 * world.settings.pace if way["callbacks_reversed"] and not last else 0.0
    name = f"{step.severity}_fail" if step.event == "failed" else step.event
    for url in urls_for(world, mail["domain"], name):
        world.errands.call(
            "mailgun", f"mail-{mail['id']}", name, url, {"event": data, "stamp": new_stamp()},
            times=way["callback_times"], seconds=held_back,
        )  # fmt: skip
