"""Mail: send one, and ask what became of it (to settle a send whose answer was lost).

https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages. Mailgun knows no
idempotency key: the Message-Id is ours, so that `find_mail` finds the mail again and a repetition carries
the same one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.errors import ObsoleteHeaderDefect
from email.headerregistry import HeaderRegistry
from typing import Any

from opsystem.kit.errors import Invalid
from opsystem.vendors.accounts import MailgunConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.mailgun.client import VENDOR, call
from opsystem.vendors.mailgun.events import read_event
from opsystem.vendors.mailgun.records import Accepted, MailEvent

SEND_MAIL = Call(
    VENDOR,
    "send_mail",
    "send an email",
    {
        "from": Category.EMAIL_ADDRESSES,
        "to": Category.EMAIL_ADDRESSES,
        "subject": Category.EMAIL_CONTENT,
        "text": Category.EMAIL_CONTENT,
        "html": Category.EMAIL_CONTENT,
        "attachment": Category.EMAIL_CONTENT,
        "h:Message-Id": Category.TECHNICAL,
        "h:Reply-To": Category.EMAIL_ADDRESSES,
        "h:In-Reply-To": Category.TECHNICAL,
        "h:References": Category.TECHNICAL,
        "h:Auto-Submitted": Category.TECHNICAL,
        "h:List-Unsubscribe": Category.TECHNICAL,
        "h:List-Unsubscribe-Post": Category.TECHNICAL,
        "v:attempt": Category.TECHNICAL,
        "v:business": Category.TECHNICAL,
        "o:tracking": Category.TECHNICAL,
        "o:tracking-clicks": Category.TECHNICAL,
        "o:tracking-opens": Category.TECHNICAL,
        "o:require-tls": Category.TECHNICAL,
        "o:skip-verification": Category.TECHNICAL,
    },
)
FIND_MAIL = Call(
    VENDOR,
    "find_mail",
    "check whether an email went out",
    {
        "message-id": Category.TECHNICAL,
        "begin": Category.TECHNICAL,
        "ascending": Category.TECHNICAL,
        "limit": Category.TECHNICAL,
    },
)
# No tracking of any kind (the privacy policy), and delivery only over verified TLS.
_SETTINGS = {
    "o:tracking": "no",
    "o:tracking-clicks": "no",
    "o:tracking-opens": "no",
    "o:require-tls": "yes",
    "o:skip-verification": "no",
}
_MOST_EVENTS = 100
_HEADERS = HeaderRegistry()
_FIRST_VISIBLE = 32  # below are line ends and other control characters: they would make new headers


def send_mail(
    config: MailgunConfig,
    *,
    to: str,
    sender: str,
    subject: str,
    text: str,
    html: str | None = None,
    message_id: str,
    reply_to: str | None = None,
    variables: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[tuple[str, bytes, str]] = (),
    ledger: Ledger,
    ref: str,
    initiator: str,
) -> Accepted:
    """Send one mail to one address.

    `message_id` is ours, without angle brackets: <attempt>@<sending domain>. `variables` (attempt, business)
    come back with every event; `headers` may be In-Reply-To, References, Auto-Submitted, List-Unsubscribe.
    `attachments` are names, bytes and media types.
    Raises Invalid before anything is sent, GatewayError after; its certainty says whether to ask first.
    """
    fields = {
        "from": _one_address(sender, "sender"),
        "to": _one_address(to, "to"),
        "subject": subject,
        "text": text,
        "h:Message-Id": f"<{message_id}>",
        **({"html": html} if html is not None else {}),
        **({"h:Reply-To": _one_address(reply_to, "reply_to")} if reply_to else {}),
        **{f"h:{name}": value for name, value in (headers or {}).items()},
        **{f"v:{name}": value for name, value in (variables or {}).items()},
        **_SETTINGS,
    }
    for name, value in fields.items():
        if name not in {"text", "html"} and any(ord(character) < _FIRST_VISIBLE for character in value):
            raise Invalid(
                "Only one line of text can stand here.", code="bad_mail", fields={name: "One line."}
            )
    passage = Passage(SEND_MAIL, ledger, ref, initiator)
    # Parts without a file name make a multipart form, the only form that Mailgun specifies.
    parts: list[tuple[str, Any]] = [(name, (None, value)) for name, value in fields.items()]
    parts += [("attachment", one) for one in attachments]
    answer = call(config, passage, "messages", lambda it: it.create(files=parts, domain=config.domain))
    return Accepted(vendor_id=str(answer.get("id", "")).strip("<>") or message_id)


def find_mail(
    config: MailgunConfig, message_id: str, *, since: datetime, ledger: Ledger, ref: str, initiator: str
) -> list[MailEvent]:
    """Return the events of one mail since a moment (aware), oldest first; none may be known yet.

    Mailgun's events can lag some minutes, and are kept for a day at least.
    """
    passage = Passage(FIND_MAIL, ledger, ref, initiator)
    filters = {
        "message-id": message_id,
        "begin": str(int(since.timestamp())),
        "ascending": "yes",
        "limit": str(_MOST_EVENTS),
    }
    answer = call(config, passage, "events", lambda it: it.get(filters=filters, domain=config.domain))
    events = [read_event(item) for item in answer.get("items", [])]
    return [event for event in events if event.message_id == message_id]


def _one_address(value: str, field: str) -> str:
    """Return a header value with exactly one address, quoted as it must be; a comma would add a recipient."""
    header: Any = _HEADERS("to", value)
    wrong = [defect for defect in header.defects if not isinstance(defect, ObsoleteHeaderDefect)]
    if len(header.addresses) != 1 or wrong or not header.addresses[0].domain:
        words = "Give exactly one email address."
        raise Invalid(words, code="bad_email", fields={field: words})
    return str(header.addresses[0])
