"""Mail addresses: what is one, and the magic ones that decide what becomes of a mail."""

from __future__ import annotations

import re
from email.utils import getaddresses

from sandbox.mailgun.manners import invalid

_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")

# The part before the @, or what stands behind a plus sign in it: what happens.
MAGIC = {
    "bounce": "no such mailbox: fails for good, and is suppressed from then on",
    "defer": "fails once for a while, then arrives",
    "silent": "is accepted, and nothing more is heard",
    "complain": "arrives, and its reader calls it spam",
}


def magic_of(address: str) -> str | None:
    """The magic word of an address, if it has one."""
    local = address.partition("@")[0].lower()
    word = local.rpartition("+")[2]
    return word if word in MAGIC else None


def plain_addresses(field: str, values: list[str]) -> list[str]:
    """The addresses of a field, lower case, each once; raise Mailgun's refusal for one that is none."""
    found: list[str] = []
    for _, address in getaddresses(values):
        if not _ADDRESS.fullmatch(address):
            raise invalid(f"'{field}' parameter is not a valid address. please check documentation")
        if address.lower() not in found:
            found.append(address.lower())
    return found
