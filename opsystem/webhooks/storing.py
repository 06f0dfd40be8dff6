"""Storing what a vendor reported: once, in the vault it is about, before anybody tries to understand it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from sqlalchemy import delete, select

from opsystem.business.conversations.models import VendorEvent
from opsystem.business.conversations.operations import store_event
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import place_of
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden, Invalid, NotFound, Problem
from opsystem.lifecycle.opening import vault_in_use
from opsystem.operations import Actor
from opsystem.vault import Vault

View = Callable[..., HttpResponse]
# Longer than any signature is believed (`vendors.mailgun.webhooks`).
_TOKENS_KEPT = timedelta(hours=12)


def vendor_hook(view: View) -> View:
    """Declare an address that only a vendor's signature opens."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Invalid:
            return HttpResponse("not in the expected form", status=400, content_type="text/plain")
        except NotFound:
            return HttpResponse("nobody here", status=404, content_type="text/plain")
        except Forbidden:
            return refused()
        except Problem:
            # The vendor tries again; nothing has been taken in.
            return HttpResponse("not now", status=503, content_type="text/plain")

    guarded.access = "signature"  # type: ignore[attr-defined]
    return guarded


def refused() -> HttpResponse:
    """Answer what is not signed as it should be."""
    return HttpResponse("not signed", status=403, content_type="text/plain")


def store(
    business: Business,
    *,
    vendor: str,
    key: str,
    event: str,
    payload: Mapping[str, Any],
    token: str = "",
    more: Callable[[Vault], Mapping[str, Any]] | None = None,
) -> None:
    """Store an event in the business's vault; a repeated one is already there.

    `token` is the signed one, where the signature says nothing of the event: it serves one event. Raises
    Forbidden when it has served another. `more` puts what came along into the vault, and tells of it.
    """
    with vault_in_use(place_of(business.pk).vault_id) as vault:
        if token:
            _use_token(vault, f"{vendor}-token", token, f"{event} {key}")
        along = more(vault) if more is not None else {}
        store_event.perform(
            vault,
            Actor.vendor(vendor),
            {"vendor": vendor, "key": key, "event": event, "payload": {**payload, **along}},
        )


def _use_token(vault: Vault, kind: str, token: str, served: str) -> None:
    """Note what a token serves. The same event again is a vendor's repetition and is let through."""
    now, digest = clock.now(), hashlib.sha256(served.encode()).hexdigest()
    with vault.mechanics() as session:
        known = select(VendorEvent.payload).where(VendorEvent.vendor == kind, VendorEvent.key == token)
        earlier = session.scalar(known)
        if earlier is None:
            old = VendorEvent.received_at < now - _TOKENS_KEPT
            session.execute(delete(VendorEvent).where(VendorEvent.vendor == kind, old))
            row = VendorEvent(vendor=kind, key=token, event="token", payload=digest, received_at=now)
            row.handled_at = now
            session.add(row)
    if earlier is not None and earlier != digest:
        raise Forbidden("This signature has served another event.", code="replayed")
