"""What the Mailgun gateway must be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from opsystem.kit.errors import Invalid
from opsystem.vendors.tls import checked_address


@dataclass(frozen=True, slots=True)
class MailgunConfig:
    """One sending domain. Raises Invalid for an empty key or an address that is not safe.

    `base_url` is https://api.mailgun.net (US) or https://api.eu.mailgun.net (EU), without a version.
    """

    api_key: str = field(repr=False)
    domain: str
    signing_key: str = field(repr=False)
    base_url: str = "https://api.mailgun.net"
    allow_loopback: bool = False
    authority: Path | None = None  # PEM file to trust instead of the system's authorities
    connect_seconds: float = 5.0
    read_seconds: float = 30.0

    def __post_init__(self) -> None:
        """Refuse what could end in a call without a key or without TLS."""
        if not self.api_key.strip() or not self.domain.strip() or not self.signing_key.strip():
            raise Invalid(
                "Mailgun needs an API key, a domain and a webhook signing key.", code="empty_vendor_key"
            )
        address = checked_address(self.base_url, allow_loopback=self.allow_loopback)
        object.__setattr__(self, "base_url", address)
