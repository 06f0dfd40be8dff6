"""What people see when something fails: a wrong address, a fault of ours, an expected problem."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from opsystem.api.problems import fault_details, problem_details
from opsystem.config.full_disk import tells_of_full_disk
from opsystem.kit.errors import NotFound, Problem
from opsystem.vault.disk.storage import full
from opsystem.web.door import NO_ROOM, translate
from opsystem.web.templating import page

_API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Answer a request that cannot be understood."""
    return page(request, "errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer somebody who may not do this."""
    return page(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere."""
    if request.path.startswith(_API):
        return problem_details(NotFound("There is no such address in the API.", code="no_address"))
    return page(request, "errors/404.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer somebody who reached a rate limit of allauth."""
    return page(request, "errors/429.html", status=429)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer when we are at fault, or when the disk is full and nothing more can be written down."""
    if tells_of_full_disk(sys.exception()):
        problem = full()
        if request.path.startswith(_API):
            return problem_details(problem)
        return page(request, "errors/problem.html", {"problem": problem, "status": NO_ROOM}, status=NO_ROOM)
    if request.path.startswith(_API):
        return fault_details()
    return page(request, "errors/500.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that does not come from a page of this session (CSRF)."""
    return page(request, "errors/csrf.html", status=403)


class ProblemsMiddleware:
    """Turns an expected problem that a view let through into words, once for all doors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer an expected problem; leave everything else to Django."""
        return translate(request, exception) if isinstance(exception, Problem) else None
