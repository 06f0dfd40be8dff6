"""Recording and reading security events."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from opsystem.control.audit.models import Event

_log = logging.getLogger("opsystem.audit")
_LONGEST_USER_AGENT = 200


@dataclass(frozen=True)
class Origin:
    """From where somebody acted."""

    ip: str | None = None
    user_agent: str = ""
    request_id: str = ""


def origin_of(request: HttpRequest | None) -> Origin:
    """Return from where a request came: the address behind our own proxies, and the browser's name."""
    if request is None:
        return Origin()
    try:
        ip: str | None = str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        ip = None  # a server behind a Unix socket knows no address
    return Origin(
        ip=ip,
        user_agent=request.headers.get("User-Agent", "")[:_LONGEST_USER_AGENT],
        request_id=str(getattr(request, "request_id", ""))[:64],
    )


def record(
    action: str,
    *,
    result: str = "done",
    actor_id: int | None = None,
    business_id: int | None = None,
    object_id: str = "",
    field_names: Sequence[str] = (),
    origin: Origin | None = None,
) -> None:
    """Record a security event. `action` is a dotted name like `session.revoked`; nothing may be content."""
    origin = origin or Origin()
    Event.objects.create(
        action=action,
        result=result,
        actor_id=actor_id,
        business_id=business_id,
        object_id=object_id,
        field_names=sorted(field_names),
        ip=origin.ip,
        user_agent=origin.user_agent,
        request_id=origin.request_id,
    )
    _log.info("security_event", extra={"action": action, "result": result})


def forget_origins(before: datetime) -> int:
    """Drop addresses and browsers of events before a moment (they are kept 90 days). Answers how many."""
    known = Event.objects.filter(Q(ip__isnull=False) | ~Q(user_agent=""), at__lt=before)
    return known.update(ip=None, user_agent="")
