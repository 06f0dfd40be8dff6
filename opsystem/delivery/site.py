"""What delivery needs to know of the installation, handed in by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from opsystem.vendors.accounts import MailgunConfig, TwilioConfig


@dataclass(frozen=True)
class Site:
    """The vendors' accounts, our public address, and how patient delivery is.

    `ask_after` are the waits before a vendor is asked, once after the other, whether it took a
    message whose answer was lost; `claim` is how long one sending may take before it counts as
    crashed.
    """

    base_url: str
    twilio: TwilioConfig
    mailgun: MailgunConfig
    ask_after: tuple[timedelta, ...]
    claim: timedelta

    def status_callback(self, business_number: int, token: str) -> str:
        """Return the address at which Twilio reports about one attempt."""
        return f"{self.base_url}/hooks/twilio/status/{business_number}/{token}"
