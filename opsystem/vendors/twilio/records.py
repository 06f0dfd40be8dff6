"""What the Twilio gateway gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# https://www.twilio.com/docs/messaging/api/message-resource: nothing follows these, but for `read`
FINAL_STATES = frozenset({"delivered", "undelivered", "failed", "canceled", "read"})
OPTED_OUT = "21610"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Twilio took a text: its SID and the first state."""

    vendor_id: str
    status: str


@dataclass(frozen=True, slots=True)
class Found:
    """A text that Twilio has; `date` is when Twilio took it (aware UTC)."""

    vendor_id: str
    body: str
    status: str
    date: datetime
    error_code: str = ""


@dataclass(frozen=True, slots=True)
class AvailableNumber:
    """A number that can be rented. `number` is E.164."""

    number: str
    shown: str
    locality: str
    region: str


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number that the account has. `number` is E.164, `vendor_id` its SID."""

    vendor_id: str
    number: str
    sms_url: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or other file that came with a text; it is fetched from `url` with the account's key."""

    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class InboundText:
    """A text from a client. `opt_out` is STOP, START or HELP where Twilio says so, else empty."""

    vendor_id: str
    sender: str
    recipient: str
    body: str
    media: tuple[Media, ...] = ()
    opt_out: str = ""

    @property
    def key(self) -> str:
        """The same for each repetition of one event."""
        return self.vendor_id


@dataclass(frozen=True, slots=True)
class TextStatus:
    """How far a text of ours has come. States can arrive out of order and more than once."""

    vendor_id: str
    status: str
    sender: str
    recipient: str
    error_code: str = ""

    @property
    def key(self) -> str:
        """The same for each repetition of one event."""
        return f"{self.vendor_id}:{self.status}"

    @property
    def is_final(self) -> bool:
        """Whether nothing follows this state."""
        return self.status in FINAL_STATES

    @property
    def opted_out(self) -> bool:
        """Whether the text failed because the recipient has said stop."""
        return self.error_code == OPTED_OUT
