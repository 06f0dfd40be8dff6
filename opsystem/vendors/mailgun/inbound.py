"""Inbound mail: the form that a route posts: `forward` (files in it) or `store(notify)` (files at Mailgun).

https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http.
Every word in it comes from outside; the HTML parts are left out on purpose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from opsystem.kit.errors import Invalid
from opsystem.vendors.mailgun.records import InboundAttachment, InboundMail

_MOST_ATTACHMENTS = 100
_MOST_REFERENCES = 50
_COUNT = re.compile(r"[0-9]{1,3}")


def parse_inbound_mail(form: Mapping[str, str]) -> InboundMail:
    """Read the form of an incoming mail. Raises Invalid when a needed field is missing."""
    name, address = parseaddr(form.get("from", ""))
    full_text = form.get("body-plain", "")
    return InboundMail(
        message_id=_needed(form, "Message-Id").strip("<> "),
        sender=address or _needed(form, "sender"),
        sender_name=name,
        recipient=_needed(form, "recipient"),
        subject=form.get("subject", ""),
        text=form.get("stripped-text", "") or full_text,
        full_text=full_text,
        in_reply_to=form.get("In-Reply-To", "").strip("<> "),
        references=tuple(one.strip("<>") for one in form.get("References", "").split()[:_MOST_REFERENCES]),
        attachments=(*_stored(form), *_in_form(form)),
        automatic=_is_automatic(form),
    )


def _stored(form: Mapping[str, str]) -> list[InboundAttachment]:
    try:
        listed: Any = json.loads(form.get("attachments", "[]"))
    except ValueError as error:
        raise _bad("attachments") from error
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
        raise _bad("attachments")
    return [
        InboundAttachment(
            name=str(one.get("name", "")),
            content_type=str(one.get("content-type", "")),
            size=one["size"] if isinstance(one.get("size"), int) else 0,
            url=str(one.get("url", "")),
        )
        for one in listed[:_MOST_ATTACHMENTS]
    ]


def _in_form(form: Mapping[str, str]) -> list[InboundAttachment]:
    count = form.get("attachment-count", "")
    total = min(int(count), _MOST_ATTACHMENTS) if _COUNT.fullmatch(count) else 0
    fields = [f"attachment-{n}" for n in range(1, total + 1)]
    return [InboundAttachment(name="", content_type="", size=0, field=field) for field in fields]


def _is_automatic(form: Mapping[str, str]) -> bool:
    """RFC 3834 and its older customs."""
    said = form.get("Auto-Submitted", "no").strip().lower()
    return said != "no" or form.get("Precedence", "").strip().lower() in {"bulk", "junk", "auto_reply"}


def _needed(form: Mapping[str, str], name: str) -> str:
    value = form.get(name, "")
    if not value:
        raise _bad(name)
    return value


def _bad(field: str) -> Invalid:
    words = "The form has not what Mailgun sends."
    return Invalid(words, code="bad_webhook", fields={field: "Missing or wrong."})
