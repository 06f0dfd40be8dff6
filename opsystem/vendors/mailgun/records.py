"""What the Mailgun gateway gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """Mailgun took a mail; `vendor_id` is its Message-Id without angle brackets."""

    vendor_id: str
    status: str = "accepted"


@dataclass(frozen=True, slots=True)
class MailEvent:
    """One event in the life of a mail.

    `kind` is accepted, delivered, failed, complained, unsubscribed, rejected, stored or another.
    `permanent` is true for a failure that Mailgun will not try again. `variables` are those given
    to `send_mail`.
    """

    key: str  # the same for each repetition of one event
    kind: str
    message_id: str  # without angle brackets
    recipient: str
    at: datetime
    permanent: bool = False
    reason: str = ""
    code: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def suppressed(self) -> bool:
        """Whether Mailgun holds the address on a list to which nothing is sent any more."""
        return self.reason.startswith("suppress-")


@dataclass(frozen=True, slots=True)
class Signature:
    """The signed part of a webhook. Keep `token`: a second one is a replay."""

    timestamp: str
    token: str
    signature: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class InboundAttachment:
    """A file with an incoming mail: in the form field `field`, or still at Mailgun under `url`."""

    name: str
    content_type: str
    size: int
    url: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class InboundMail:
    """A mail from outside. All words in it are somebody else's; none is safe as HTML."""

    message_id: str  # without angle brackets
    sender: str  # address only
    sender_name: str
    recipient: str
    subject: str
    text: str  # the answer without quotation and signature
    full_text: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[InboundAttachment, ...] = ()
    automatic: bool = False  # an out-of-office note or a bounce: never to be answered by a machine

    @property
    def key(self) -> str:
        """The same for each repetition of one mail to one recipient."""
        return f"{self.message_id}:{self.recipient}"
