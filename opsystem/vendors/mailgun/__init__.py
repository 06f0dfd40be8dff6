"""The gateway to Mailgun: mail out, mail in, and what became of it."""

from opsystem.vendors.accounts import MailgunConfig
from opsystem.vendors.mailgun.events import parse_event, webhook_signature
from opsystem.vendors.mailgun.inbound import parse_inbound_mail
from opsystem.vendors.mailgun.mail import find_mail, send_mail
from opsystem.vendors.mailgun.records import (
    Accepted,
    InboundAttachment,
    InboundMail,
    MailEvent,
    Signature,
)
from opsystem.vendors.mailgun.webhooks import verify_webhook

__all__ = [
    "Accepted",
    "InboundAttachment",
    "InboundMail",
    "MailEvent",
    "MailgunConfig",
    "Signature",
    "find_mail",
    "parse_event",
    "parse_inbound_mail",
    "send_mail",
    "verify_webhook",
    "webhook_signature",
]
