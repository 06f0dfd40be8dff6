"""A person's text to one of the account's numbers, and the webhook on it."""

from __future__ import annotations

import json
from typing import Any

from sandbox.arrival import CannotArriveError
from sandbox.store import Row
from sandbox.twilio.keywords import Keyword, keyword
from sandbox.twilio.phones import is_phone, place_of
from sandbox.twilio.records import VERSION, new_sid
from sandbox.twilio.segments import segments
from sandbox.world import World


def receive(world: World, person: str, ours: str, body: str) -> str:
    """Take a text from a person's phone to a number of the account, and give its SID."""
    number = world.store.one("SELECT * FROM numbers WHERE phone = ? AND released IS NULL", ours)
    if number is None:
        raise CannotArriveError(f"No number {ours} is in use.")
    if not is_phone(person):
        raise CannotArriveError(f"{person} is not a phone number such as +18455550123.")
    if not body.strip():
        raise CannotArriveError("The text is empty.")
    with world.store.writing():
        return _take(world, number, person, body)


def _take(world: World, number: Row, person: str, body: str) -> str:
    ours, sid = str(number["phone"]), new_sid("SM")
    stopped = (
        world.store.one("SELECT 1 FROM opt_outs WHERE ours = ? AND person = ?", ours, person) is not None
    )
    word = keyword(body, stopped=stopped)
    _keep(world, sid, "inbound", person, ours, body, "received")
    if word is not None:
        _obey(world, word, ours, person)
    options = json.loads(number["options"])
    if options.get("SmsUrl"):
        fields = _fields(world, sid, person, ours, body, word)
        times, _ = world.faults.callbacks("twilio", "messages.inbound", fields)
        content = {
            "method": options.get("SmsMethod", "POST"),
            "fallback": options.get("SmsFallbackUrl"),
            "fields": fields,
        }
        world.errands.call("twilio", sid, "inbound", options["SmsUrl"], content, times=times)
    return sid


def _keep(
    world: World, sid: str, direction: str, sender: str, recipient: str, body: str, status: str
) -> None:
    now = world.now()
    world.store.add(
        "texts", sid=sid, direction=direction, sender=sender, recipient=recipient, body=body, status=status,
        created=now, sent=now, updated=now,
    )  # fmt: skip


def _obey(world: World, word: Keyword, ours: str, person: str) -> None:
    if word.kind == "STOP":
        world.store.run("INSERT OR IGNORE INTO opt_outs VALUES (?, ?, ?)", ours, person, world.now())
    elif word.kind == "START":
        world.store.run("DELETE FROM opt_outs WHERE ours = ? AND person = ?", ours, person)
    if word.answer is not None:
        _keep(world, new_sid("SM"), "outbound-reply", ours, person, word.answer, "delivered")


def _fields(
    world: World, sid: str, person: str, ours: str, body: str, word: Keyword | None
) -> dict[str, Any]:
    fields = {
        "ToCountry": "US",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "SmsSid": sid,
        "SmsStatus": "received",
        "Body": body,
        "FromCountry": "US",
        "To": ours,
        "NumSegments": str(segments(body)),
        "MessageSid": sid,
        "AccountSid": world.settings.twilio_account_sid,
        "From": person,
        "ApiVersion": VERSION,
    }
    for side, phone in (("To", ours), ("From", person)):
        place = place_of(phone)
        fields[f"{side}City"] = place.city.upper() if place else ""
        fields[f"{side}State"] = place.region if place else ""
        fields[f"{side}Zip"] = place.zip if place else ""
    if word is not None:
        fields["OptOutType"] = word.kind
    return fields
