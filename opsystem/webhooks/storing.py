"""Storing what a vendor reported: once, in the vault it is about, before anybody tries to understand it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from opsystem.business.conversations.operations import store_event
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import place_of
from opsystem.kit.errors import Invalid, NotFound
from opsystem.lifecycle.opening import vault_in_use
from opsystem.operations import Actor

View = Callable[..., HttpResponse]


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

    guarded.access = "signature"  # type: ignore[attr-defined]
    return guarded


def refused() -> HttpResponse:
    """Answer what is not signed as it should be."""
    return HttpResponse("not signed", status=403, content_type="text/plain")


def store(business: Business, *, vendor: str, key: str, event: str, payload: Mapping[str, Any]) -> None:
    """Store an event in the business's vault; a repeated one is already there."""
    with vault_in_use(place_of(business.pk).vault_id) as vault:
        store_event.perform(
            vault,
            Actor.vendor(vendor),
            {"vendor": vendor, "key": key, "event": event, "payload": dict(payload)},
        )
