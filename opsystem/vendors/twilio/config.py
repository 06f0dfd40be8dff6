"""What the Twilio gateway must be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from opsystem.kit.errors import Invalid
from opsystem.vendors.tls import checked_address


@dataclass(frozen=True, slots=True)
class TwilioConfig:
    """One Twilio account. Raises Invalid for an empty key or an address that is not safe."""

    account_sid: str
    auth_token: str = field(repr=False)
    base_url: str = "https://api.twilio.com"
    allow_loopback: bool = False
    authority: Path | None = None  # PEM file to trust instead of the system's authorities
    connect_seconds: float = 5.0
    read_seconds: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what could end in a call without a key or without TLS."""
        if not self.account_sid.strip() or not self.auth_token.strip():
            raise Invalid("Twilio needs an account SID and an auth token.", code="empty_vendor_key")
        address = checked_address(self.base_url, allow_loopback=self.allow_loopback)
        object.__setattr__(self, "base_url", address)
