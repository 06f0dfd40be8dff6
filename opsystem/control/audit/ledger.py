"""The ledger of what vendors are told about accounts, for calls that concern no vault."""

from __future__ import annotations

from opsystem.control.audit.models import Disclosure as Row
from opsystem.vendors.disclosures import Disclosure


class AccountLedger:
    """Writes disclosures into the control plane; a vault's own stand in the vault."""

    def record(self, disclosure: Disclosure) -> None:
        """Write one row; with autocommit it is kept before this returns."""
        Row.objects.create(
            vendor=disclosure.vendor,
            purpose=disclosure.purpose,
            categories=list(disclosure.categories),
            bytes=disclosure.bytes,
            initiator=disclosure.initiator,
            ref=disclosure.ref,
        )
