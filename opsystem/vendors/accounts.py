"""What each gateway must be told: the accounts at the vendors.

They stand apart from the gateways, so that settings are read without loading a vendor's SDK.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from opsystem.kit.errors import Invalid
from opsystem.vendors.tls import checked_address


@dataclass(frozen=True, slots=True)
class AnthropicConfig:
    """One key at Anthropic. Raises Invalid for an empty key or an address that is not safe.

    An empty key must never reach the SDK: it would take one from the environment, and one
    business would spend another's money.
    """

    api_key: str = field(repr=False)
    base_url: str = "https://api.anthropic.com"
    allow_loopback: bool = False
    authority: Path | None = None  # PEM file to trust instead of the system's authorities
    connect_seconds: float = 5.0
    read_seconds: float = 45.0  # the longest pause between two events of a stream

    def __post_init__(self) -> None:
        """Refuse what could end in a call without a key or without TLS."""
        if not self.api_key.strip():
            raise Invalid("Claude needs an API key.", code="empty_vendor_key")
        address = checked_address(self.base_url, allow_loopback=self.allow_loopback)
        object.__setattr__(self, "base_url", address)

    @property
    def fingerprint(self) -> str:
        """A name for the key that tells nothing of it; conversations are bound to it."""
        return hashlib.sha256(self.api_key.encode()).hexdigest()[:16]


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


@dataclass(frozen=True, slots=True)
class StripeConfig:
    """The platform's account at Stripe, on which businesses connect their own.

    `webhook_secrets` are those of our endpoint: two while one takes the place of the other. Raises Invalid
    for an empty key or secret, or an address that is not safe.
    """

    secret_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    base_url: str = "https://api.stripe.com"
    allow_loopback: bool = False
    authority: Path | None = None  # PEM file to trust instead of the system's authorities
    connect_seconds: float = 5.0
    read_seconds: float = 20.0

    def __post_init__(self) -> None:
        """Refuse what could end in a call without a key, or in an event that anybody could sign."""
        if not self.secret_key.strip() or not all(one.strip() for one in self.webhook_secrets or ("",)):
            raise Invalid("Stripe needs a secret key and a webhook secret.", code="empty_vendor_key")
        address = checked_address(self.base_url, allow_loopback=self.allow_loopback)
        object.__setattr__(self, "base_url", address)

    @property
    def is_live(self) -> bool:
        """Whether the key moves real money; test keys are `sk_test_…` and `rk_test_…`."""
        return not self.secret_key.startswith(("sk_test_", "rk_test_"))
