"""The door of the booking page: anybody, at one business, in as many tries as a person needs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from opsystem.business.booking.offering import show_offer
from opsystem.business.booking.records import Offer
from opsystem.business.profile.queries import zone_of
from opsystem.control.businesses.directory import business_numbered
from opsystem.control.hosting.places import place_of
from opsystem.kit.errors import Problem
from opsystem.lifecycle.opening import vault_in_use
from opsystem.operations import Actor, Operation, Query
from opsystem.vault import Vault
from opsystem.web.accounts.access import EVERYONE
from opsystem.web.hub.door import HEADERS, told
from opsystem.web.hub.limits import count
from opsystem.web.templating import page

T = TypeVar("T")
_STEPS_AN_HOUR = 150


@dataclass(frozen=True)
class Visitor:
    """Somebody at the booking page of a business."""

    request: HttpRequest
    vault: Vault
    offer: Offer

    def ask(self, query: Query[T], **given: Any) -> T:
        """Ask a query as somebody nobody knows."""
        return query.ask(self.vault, Actor.visitor(), given)

    def perform(self, operation: Operation[T], *, once: bool = False, **given: Any) -> T:
        """Perform an operation; with `once`, what was sent twice is done once."""
        request_id = (self.request.POST.get("request_id") or None) if once else None
        return operation.perform(self.vault, Actor.visitor(), given, request_id=request_id).value

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """Render a step."""
        given = {"door": None, "offer": self.offer, **context}
        return page(self.request, template, given, status=status)


def booking_page(view: Callable[[Visitor], HttpResponse]) -> Callable[..., HttpResponse]:
    """Declare a page of booking; GET and POST."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, business: int) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        try:
            if request.method == "POST":
                count(request, "booking", _STEPS_AN_HOUR)
            answer = _inside(request, business, view)
        except Problem as problem:
            answer = told(request, problem)
        answer.headers["Referrer-Policy"] = HEADERS["Referrer-Policy"]
        return answer

    guarded.access = EVERYONE  # type: ignore[attr-defined]
    return guarded


def _inside(request: HttpRequest, number: int, view: Callable[[Visitor], HttpResponse]) -> HttpResponse:
    with vault_in_use(place_of(business_numbered(number).pk).vault_id) as vault:
        with vault.reading() as session:
            zone = zone_of(session)
        offer = show_offer.ask(vault, Actor.visitor())
        with timezone.override(zone):
            return view(Visitor(request, vault, offer))
