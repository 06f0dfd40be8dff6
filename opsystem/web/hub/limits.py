"""How often one address of the internet may try something here: counted in the cache all processes share."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from opsystem.kit.errors import LimitReached

HOUR = 3600


def count(request: HttpRequest, what: str, most: int, seconds: int = HOUR) -> None:
    """Count one try. Raises LimitReached beyond `most` in a stretch of `seconds`."""
    key = _key(request, what)
    cache.add(key, 0, seconds)
    if cache.incr(key) > most:
        raise LimitReached("That was too often. Wait a while, then try again.", code="too_often")


def refuse_if_over(request: HttpRequest, what: str, most: int) -> None:
    """Raise LimitReached where `most` tries were counted already."""
    if cache.get(_key(request, what), 0) >= most:
        raise LimitReached("That was too often. Wait a while, then try again.", code="too_often")


def _key(request: HttpRequest, what: str) -> str:
    ip = str(get_adapter(request).get_client_ip(request))
    return f"{what}:{hashlib.sha256(ip.encode()).hexdigest()[:32]}"
