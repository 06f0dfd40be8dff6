"""Messages: accept a mail for delivery. Nothing is deduplicated: the same call twice is two mails."""

from __future__ import annotations

import json
import re
import secrets
import time

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.forms import Fields
from sandbox.mailgun.addresses import plain_addresses
from sandbox.mailgun.delivery import set_out
from sandbox.mailgun.manners import invalid

_MOST_RECIPIENTS = 1000
_MOST_BYTES = 25 * 1024 * 1024
_YES_NO = ("o:dkim", "o:tracking-opens", "o:require-tls", "o:skip-verification")


def create(call: Call) -> Response:
    """Accept a mail, or refuse it as Mailgun does."""
    world, form = call.world, call.form
    recipients = _check(call)
    message_id = _message_id(form.starting("h:"), call.path["domain"])
    attachments = [
        {"filename": upload.filename, "content-type": upload.content_type, "size": len(upload.content)}
        for upload in call.uploads
        if upload.field in ("attachment", "inline")
    ]
    mail = world.store.add(
        "mails", domain=call.path["domain"], direction="outbound", message_id=message_id,
        sender=form.get("from"), recipients=json.dumps(recipients), to_header=", ".join(form.every("to")),
        subject=form.get("subject"), text=form.get("text"), html=form.get("html"),
        headers=json.dumps(form.starting("h:")), variables=json.dumps(form.starting("v:")),
        tags=json.dumps(form.every("o:tag")), attachments=json.dumps(attachments),
        test_mode=form.get("o:testmode") == "yes", size=len(call.body), created=world.now(),
    )  # fmt: skip
    times, turned = world.faults.callbacks("mailgun", "messages.create", form.flat())
    for address in recipients:
        world.store.add(
            "mail_recipients", mail=mail, address=address, callback_times=times, callbacks_reversed=turned
        )
        set_out(world, mail, address)
    return JSONResponse({"id": f"<{message_id}>", "message": "Queued. Thank you."})


def _check(call: Call) -> list[str]:
    """The plain addresses of all recipients of a mail that Mailgun would take."""
    form = call.form
    for field in ("from", "to", "subject"):
        if field not in form or (field != "subject" and not form.get(field).strip()):
            raise invalid(f"{field} parameter is missing")
    if len(plain_addresses("from", [form.get("from")])) != 1:
        raise invalid("'from' parameter is not a valid address. please check documentation")
    recipients = [
        address for field in ("to", "cc", "bcc") for address in plain_addresses(field, form.every(field))
    ]
    if len(recipients) > _MOST_RECIPIENTS:
        raise invalid(f"The number of recipients exceeds {_MOST_RECIPIENTS}")
    if form.get("template"):
        raise invalid(f"template not found: {form.get('template')}")
    if not form.get("text") and not form.get("html") and not form.get("amp-html"):
        raise invalid("Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified")
    if len(call.body) > _MOST_BYTES:
        raise invalid("Message is too large")
    _check_options(form)
    return list(dict.fromkeys(recipients))


def _check_options(form: Fields) -> None:
    if form.get("o:testmode", "yes") != "yes":
        raise invalid("'o:testmode' parameter is not a valid flag")
    for name in _YES_NO:
        if form.get(name, "yes") not in ("yes", "no", "true", "false"):
            raise invalid(f"'{name}' parameter is not a valid flag")


def _message_id(headers: dict[str, str], domain: str) -> str:
    """The caller's own Message-Id, or a new one; without angle brackets."""
    own = next((value for name, value in headers.items() if name.lower() == "message-id"), None)
    if own is None:
        return f"{time.strftime('%Y%m%d%H%M%S', time.gmtime())}.{secrets.token_hex(8)}@{domain}"
    found = re.fullmatch(r"\s*<?([^<>\s@]+@[^<>\s@]+)>?\s*", own)
    if found is None:
        raise invalid("'h:Message-Id' parameter is not a valid message id")
    return found[1]
