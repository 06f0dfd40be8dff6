"""Disclosures that are about no vault's content (numbers rented, account mail): kept in the audit log."""

from __future__ import annotations

from opsystem.control.audit.events import record
from opsystem.vendors.disclosures import Disclosure


class AccountLedger:
    """Writes disclosures into the control plane's audit log."""

    def record(self, disclosure: Disclosure) -> None:
        """Write one row and commit it."""
        record(
            "vendor.disclosure",
            object_id=disclosure.ref,
            field_names=[disclosure.vendor, disclosure.purpose, *disclosure.categories],
            result=f"{disclosure.bytes} bytes",
        )
