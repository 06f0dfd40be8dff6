"""What the Anthropic gateway must be told."""

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
