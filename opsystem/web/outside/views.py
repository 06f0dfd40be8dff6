"""Views behind a secret address: wrong, ended and late ones look alike, and guessing is slowed down."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from opsystem.business.outside.queries import appointments_of, shared_job
from opsystem.control.audit.events import origin_of
from opsystem.control.businesses.directory import business_numbered
from opsystem.control.hosting.places import place_of
from opsystem.kit.errors import LimitReached, NotFound, Problem
from opsystem.lifecycle.opening import vault_in_use
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.web.door import translate
from opsystem.web.outside.feed import feed_of
from opsystem.web.templating import page

_MOST, _SECONDS = 60, 60
_QUIET = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


def calendar(request: HttpRequest, number: int, secret: str) -> HttpResponse:
    """Give somebody's visits as a calendar: times and numbers."""

    def answer(vault: Vault) -> HttpResponse:
        found = appointments_of.ask(vault, Actor.system(), {"secret": secret})
        return HttpResponse(feed_of(found, number), content_type="text/calendar; charset=utf-8")

    return _behind(request, number, answer)


def job(request: HttpRequest, number: int, secret: str) -> HttpResponse:
    """Show one job to a helper."""

    def answer(vault: Vault) -> HttpResponse:
        shared = shared_job.ask(vault, Actor.system(), {"secret": secret})
        with timezone.override(ZoneInfo(shared.zone)):
            return page(request, "outside/job.html", {"shared": shared})

    return _behind(request, number, answer)


calendar.access = "public"  # type: ignore[attr-defined]
job.access = "public"  # type: ignore[attr-defined]


def _behind(request: HttpRequest, number: int, answer: Callable[[Vault], HttpResponse]) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    try:
        _slow_down(request)
        with vault_in_use(place_of(business_numbered(number).pk).vault_id) as vault:
            response = answer(vault)
    except Problem as problem:
        # A business that is not there looks like a secret that is not.
        missing = NotFound("This link leads nowhere any more.", code="no_link")
        response = translate(request, problem if isinstance(problem, LimitReached) else missing)
    for name, value in _QUIET.items():
        response[name] = value
    return response


def _slow_down(request: HttpRequest) -> None:
    key = f"outside:{origin_of(request).ip}"
    cache.add(key, 0, _SECONDS)
    if cache.incr(key) > _MOST:
        raise LimitReached("Too many looks. Try again in a minute.", code="too_often")
