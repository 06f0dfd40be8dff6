"""Reads mail where the sandbox's Mailgun delivered it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode
from urllib.request import Request, urlopen

_CODE = re.compile(r"^    (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Mailbox:
    """All mailboxes of a sandbox."""

    sandbox_url: str

    def mails(self, address: str) -> list[dict[str, str]]:
        """Return the mails to an address, the oldest first."""
        query = urlencode({"to": address})
        with urlopen(f"{self.sandbox_url}/_state/mail?{query}") as answer:  # noqa: S310 - loopback
            mails: list[dict[str, str]] = json.load(answer)
        return mails

    def spoil(self, fault: dict[str, object]) -> None:
        """Let the next request to a vendor go wrong."""
        body = json.dumps([fault]).encode()
        urlopen(Request(f"{self.sandbox_url}/_faults", body, method="POST")).close()  # noqa: S310 - loopback

    def newest(self, address: str) -> dict[str, str]:
        """Return the newest mail to an address; fails when there is none."""
        mails = self.mails(address)
        assert mails, "no mail has come"
        return mails[-1]

    def code(self, address: str) -> str:
        """Return the code in the newest mail to an address."""
        found = _CODE.search(self.newest(address)["text"])
        assert found, "the mail has no code"
        return found[1]
