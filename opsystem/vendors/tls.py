"""TLS for every connection to a vendor: 1.3 or nothing (promise P4.3).

Addresses are checked when a gateway's config is made. Plain HTTP is taken only for an address
on this very machine, and only where the config says that it may be one.
"""

from __future__ import annotations

import ipaddress
import ssl
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from opsystem.kit.errors import Invalid


@lru_cache(maxsize=16)
def client_context(authority: Path | None = None) -> ssl.SSLContext:
    """Return the context for outgoing connections: TLS 1.3 at least, certificate and host name checked.

    `authority` is a PEM file to trust instead of the system's authorities.
    """
    context = ssl.create_default_context(cafile=str(authority) if authority else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def checked_address(base_url: str, *, allow_loopback: bool) -> str:
    """Return a vendor's base address without a slash at its end, or raise Invalid.

    Taken are https, and http to a loopback address when `allow_loopback` is true.
    """
    parts = urlsplit(base_url)
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        raise Invalid(
            "A vendor's address is https://host, with nothing but a path after it.", code="bad_vendor_address"
        )
    if parts.scheme == "https":
        return base_url.rstrip("/")
    if parts.scheme == "http" and allow_loopback and is_loopback(parts.hostname):
        return base_url.rstrip("/")
    raise Invalid("A vendor is spoken to over https only.", code="insecure_vendor_address")


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is this very machine (RFC 6761 for `localhost`)."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
