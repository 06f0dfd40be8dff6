"""Messages: create, fetch, list. A second create is a second text: Twilio has no idempotency key here."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.forms import Fields
from sandbox.twilio.delivery import set_out
from sandbox.twilio.manners import invalid, not_found
from sandbox.twilio.pages import Paging
from sandbox.twilio.phones import MAGIC, is_phone
from sandbox.twilio.records import VERSION, new_sid, page_of, text_record
from sandbox.world import World

_LONGEST_BODY = 1600
_LONGEST_VALIDITY = 36_000  # seconds


def create(call: Call) -> Response:
    """Accept a text and set it on its way, or refuse it as Twilio does."""
    world, form = call.world, call.form
    _check_content(form)
    _check_sender(world, form)
    _check_recipient(world, form)
    times, turned = world.faults.callbacks("twilio", "messages.create", form.flat())
    now = world.now()
    media = form.every("MediaUrl")
    sid = new_sid("MM" if media else "SM")
    world.store.add(
        "texts", sid=sid, direction="outbound-api", sender=form.get("From"), recipient=form.get("To"),
        body=form.get("Body"), media=json.dumps(media), status="queued",
        status_callback=form.get("StatusCallback") or None, callback_times=times, callbacks_reversed=turned,
        created=now, updated=now,
    )  # fmt: skip
    set_out(world, sid)
    text = world.store.get("SELECT * FROM texts WHERE sid = ?", sid)
    return JSONResponse(text_record(call.path["account"], text), 201)


def _check_content(form: Fields) -> None:
    if not form.get("To"):
        raise invalid(21604, "A 'To' phone number is required.")
    if form.get("MessagingServiceSid"):
        raise invalid(21701, f"The Messaging Service {form.get('MessagingServiceSid')} does not exist")
    if not form.get("From"):
        raise invalid(21603, "A 'From' phone number is required.")
    if form.get("ScheduleType") or form.get("SendAt"):
        raise invalid(35118, "MessagingServiceSid is required to schedule a message")
    if not form.get("Body").strip() and not form.get("MediaUrl"):
        raise invalid(21619, "A text message body or media urls must be specified.")
    if len(form.get("Body")) > _LONGEST_BODY:
        raise invalid(21617, f"The concatenated message body exceeds the {_LONGEST_BODY} character limit")
    if "StatusCallback" in form and not is_url(form.get("StatusCallback")):
        raise invalid(21609, f"The 'StatusCallback' URL {form.get('StatusCallback')} is not a valid URL.")
    validity = form.get("ValidityPeriod", "1")
    if not (validity.isdecimal() and 1 <= int(validity) <= _LONGEST_VALIDITY):
        raise invalid(
            21624, f"The validity period {validity} is not between 1 and {_LONGEST_VALIDITY} seconds."
        )


def _check_sender(world: World, form: Fields) -> None:
    sender = form.get("From")
    if not is_phone(sender):
        raise invalid(21212, f"Invalid 'From' Phone Number: {sender}")
    owned = world.store.all("SELECT released FROM numbers WHERE phone = ?", sender)
    if not owned:
        raise invalid(21659, f"'From' {sender} is not a Twilio phone number or Short Code country mismatch")
    if all(number["released"] is not None for number in owned):
        said = (
            f"The 'From' phone number provided ({sender}) is not a valid message-capable Twilio phone number"
        )
        raise invalid(21606, f"{said} for this account")


def _check_recipient(world: World, form: Fields) -> None:
    recipient, sender = form.get("To"), form.get("From")
    magic = MAGIC.get(recipient)
    if not is_phone(recipient) or (magic and magic.code == 21211):
        raise invalid(21211, f"Invalid 'To' Phone Number: {recipient}")
    if recipient == sender:
        raise invalid(21266, f"'To' and 'From' number cannot be the same: {recipient}")
    blocked = world.store.one("SELECT 1 FROM opt_outs WHERE ours = ? AND person = ?", sender, recipient)
    if blocked or (magic and magic.code == 21610):
        raise invalid(21610, "Attempt to send to unsubscribed recipient")
    if magic and magic.at_once and magic.code:
        raise invalid(magic.code, f"The 'To' phone number {recipient} {magic.says}.")


def is_url(text: str) -> bool:
    """Whether a text is an absolute http or https URL."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def fetch(call: Call) -> Response:
    """One text by its SID."""
    text = call.world.store.one("SELECT * FROM texts WHERE sid = ?", call.path["sid"])
    if text is None:
        raise not_found(f"/{VERSION}/Accounts/{call.path['account']}/Messages/{call.path['sid']}.json")
    return JSONResponse(text_record(call.path["account"], text))


def list_all(call: Call) -> Response:
    """Texts, the newest first, filtered by To, From and DateSent.

    A text that has not left yet has no date of sending, so that a filter on it does not find the text.
    """
    paging = Paging.of(call.query)
    names = ("To", "From", "DateSent", "DateSent<", "DateSent>")
    filters = [(name, call.query.get(name)) for name in names if call.query.get(name)]
    wheres: list[str] = ["id < ?"]
    values: list[Any] = [paging.before]
    for name, text in filters:
        where, given = _condition(name, text)
        wheres.append(where)
        values += given
    rows = call.world.store.all(
        f"SELECT * FROM texts WHERE {' AND '.join(wheres)} ORDER BY id DESC LIMIT ?",  # noqa: S608  # own words
        *values,
        paging.size + 1,
    )
    account = call.path["account"]
    shown, token = paging.cut(rows)
    items = [text_record(account, row) for row in shown]
    path = f"/{VERSION}/Accounts/{account}/Messages.json"
    return JSONResponse(page_of("messages", path, filters, paging.page, paging.size, items, token))


def _condition(name: str, text: str) -> tuple[str, list[Any]]:
    """SQL for one filter. `DateSent>` and `DateSent<` include what they name; `DateSent` is a whole day."""
    if name in ("To", "From"):
        return ("recipient = ?" if name == "To" else "sender = ?"), [text]
    first, after = _span(text if name != "DateSent" else text[:10])
    if name == "DateSent>":
        return "sent >= ?", [first]
    if name == "DateSent<":
        return "sent < ?", [after]
    return "sent >= ? AND sent < ?", [first, after]


def _span(text: str) -> tuple[float, float]:
    """A GMT date or moment as the times it begins and ends at: a day lasts a day, a moment a second."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid(20001, f"Parameter 'DateSent' is not valid: {text}") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    length = timedelta(days=1) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else timedelta(seconds=1)
    return moment.timestamp(), (moment + length).timestamp()
