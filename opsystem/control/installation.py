"""What this installation was told at its start: addresses, keys, the operator's name.

The values are read and checked by the floor `config`; every floor above this one asks here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from opsystem.control.backup_plan import BackupPlan
from opsystem.vendors.accounts import AnthropicConfig, MailgunConfig, StripeConfig, TwilioConfig


@dataclass(frozen=True)
class Operator:
    """Who runs this installation, as people read it."""

    product: str
    name: str
    address: str
    privacy_contact: str
    marketing_url: str


@dataclass(frozen=True)
class Patience:
    """How long background work waits, in seconds.

    `claim_seconds`: how long one sending may take before its answer counts as lost. `lease_seconds`: how
    long a worker that says nothing keeps its work. `ask_seconds`: the first wait before a vendor is asked
    whether it took a message whose answer was lost; the later ones are 4 and 20 times as long.
    """

    claim_seconds: int = 60
    lease_seconds: int = 60
    ask_seconds: int = 30


@dataclass(frozen=True)
class Limits:
    """How much is taken at once: calls of one API token in a minute."""

    api_calls: int = 600


@dataclass(frozen=True)
class SlotPlace:
    """A key slot: its directory, and the operator's part of its key."""

    directory: Path
    root: bytes = field(repr=False)


@dataclass(frozen=True)
class Installation:
    """Everything the environment says."""

    secret_key: str = field(repr=False)
    base_url: str
    data_dir: Path
    static_dir: Path
    keystore_dir: Path
    slots: tuple[SlotPlace, ...]
    database: dict[str, Any] = field(repr=False)
    trusted_proxies: int
    operator: Operator
    patience: Patience
    limits: Limits
    anthropic: AnthropicConfig
    anthropic_model: str
    twilio: TwilioConfig
    mailgun: MailgunConfig
    stripe: StripeConfig
    backups: BackupPlan | None

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us over TLS; only a local address may do without."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """Host name of the public origin, without port."""
        return self.base_url.split("://", 1)[1].partition(":")[0]

    @property
    def vaults_dir(self) -> Path:
        """Where the vaults' directories lie."""
        return self.data_dir / "vaults"

    @property
    def mail_from(self) -> str:
        """Sender of account mail."""
        return f"{self.operator.product} <accounts@{self.mailgun.domain}>"


def installation() -> Installation:
    """Return what this installation was told at its start."""
    told = settings.OPSYSTEM
    if not isinstance(told, Installation):
        raise TypeError("settings.OPSYSTEM must be an Installation")
    return told
