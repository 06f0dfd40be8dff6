"""The door of a business's pages: who is it, which vault, may this role be here at all.

A view behind this door is given a `Door` and does three things: parse, call one operation or
query, render. Problems are translated here, once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import memberships_of
from opsystem.control.businesses.models import Business, Membership
from opsystem.control.hosting.places import place_of
from opsystem.control.usage import meters
from opsystem.kit.errors import Forbidden, Invalid, NotFound, Problem
from opsystem.lifecycle.opening import vault_in_use
from opsystem.lifecycle.seats import take_seat
from opsystem.operations import Actor, Done, Operation, Permission, Query
from opsystem.vault import Vault
from opsystem.vault.errors import StorageFull, StorageProblem
from opsystem.web.forms import FormState
from opsystem.web.shell import shell_of
from opsystem.web.templating import page

T = TypeVar("T")
P = ParamSpec("P")
_LONGEST_NUMBER = 7
STATUS = {
    "invalid": 422,
    "not_found": 404,
    "forbidden": 403,
    "conflict": 409,
    "limit": 413,
    "unavailable": 503,
}
NO_ROOM = 507  # RFC 4918, Insufficient Storage


@dataclass(frozen=True)
class Outcome:
    """What became of a sent form: done, or the form again with what is wrong."""

    done: Done[Any] | None
    form: FormState


@dataclass(frozen=True)
class Door:
    """A signed-in person in one business, with its open vault. `memberships` are all the person has."""

    request: HttpRequest
    business: Business
    memberships: list[Membership]
    vault: Vault
    actor: Actor
    zone: str

    @property
    def is_post(self) -> bool:
        """Whether something was sent."""
        return self.request.method == "POST"

    @property
    def page_number(self) -> int:
        """Which page of a list is asked for, from 1."""
        asked = self.request.GET.get("page", "")
        return max(1, int(asked)) if asked.isdecimal() and len(asked) < _LONGEST_NUMBER else 1

    def ask(self, query: Query[T], **given: Any) -> T:
        """Ask a query as this person."""
        return query.ask(self.vault, self.actor, given)

    def perform(self, operation: Operation[T], **given: Any) -> Done[T]:
        """Perform an operation as this person; what was sent twice is done once."""
        done = operation.perform(
            self.vault, self.actor, given, request_id=self.request.POST.get("request_id") or None
        )
        meters.count(operation.name, business_id=self.business.pk)
        if done.told:
            self.tell(done.told, kind="info")
        return done

    def submit(
        self, operation: Operation[Any], *names: str, keep_empty: bool = False, **given: Any
    ) -> Outcome:
        """Perform an operation with named fields of the sent form.

        Empty fields are left out, but for `keep_empty`, where an empty field clears something. A
        problem with the input comes back with the form as it was typed.
        """
        sent = self.request.POST
        fields: dict[str, Any] = {
            name: sent[name] for name in names if name in sent and (keep_empty or sent[name].strip())
        }
        try:
            return Outcome(self.perform(operation, **fields, **given), FormState.of(sent))
        except Invalid as problem:
            return Outcome(None, FormState.of(sent, problem))

    def page(
        self, template: str, context: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """Render a page (or, for htmx, the fragment it replaces) inside the shell."""
        form = (context or {}).get("form")
        if status == 200 and isinstance(form, FormState) and form.is_bad:
            status = 422
        given = {"door": self, "business": self.business, "actor": self.actor, **(context or {})}
        return page(self.request, template, {**given, "shell": shell_of(self)}, status=status)

    def url(self, name: str, *args: object) -> str:
        """Return the address of a page of this business."""
        return _address(name, self.business.number, *args)

    def tell(self, text: str, *, done: Done[Any] | None = None, kind: str = "done") -> None:
        """Show a line on the next page; with `done`, it offers to take the act back."""
        undo = ""
        if done is not None and done.change_set_id is not None:
            undo = self.url("history:undo", done.change_set_id)
        messages.info(self.request, text, extra_tags=f"{kind}|{undo}")

    def go(self, name: str, *args: object, query: Mapping[str, str] | None = None) -> HttpResponse:
        """Send the browser to a page of this business."""
        address = self.url(name, *args)
        return see_other(f"{address}?{urlencode(query)}" if query else address)

    def go_back(self, name: str, *args: object) -> HttpResponse:
        """Send the browser to where it came from, if that is ours; else to the named page."""
        return see_other(own_path(self.request) or self.url(name, *args))


@functools.lru_cache(maxsize=8192)
def _address(name: str, *args: object) -> str:
    return reverse(name, args=args)


def see_other(address: str) -> HttpResponse:
    """Return a redirect after something was sent."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def own_path(request: HttpRequest) -> str:
    """Return the path the form names, or the page it stood on, if it is one of ours; else nothing."""
    named = request.POST.get("next", "")
    if named.startswith("/") and not named.startswith("//") and "\\" not in named:
        return named
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return ""
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def enter(request: HttpRequest, number: int) -> tuple[Membership, list[Membership]]:
    """Return a signed-in person's membership in this business, and all there are.

    Raises NotFound for everybody else, alike for a business that is not there.
    """
    person = request.user
    memberships = memberships_of(person) if isinstance(person, Person) else []
    for membership in memberships:
        if membership.business.number == number:
            return membership, memberships
    raise NotFound("There is no such business, or you are not in it.", code="no_business")


def business_page(
    permission: Permission, *methods: str
) -> Callable[[Callable[Concatenate[Door, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Declare a page of a business and the permission it needs; without methods, GET only."""
    allowed = {*(methods or ("GET",))} | ({"HEAD"} if "GET" in methods or not methods else set())

    def declare(view: Callable[Concatenate[Door, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, number: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return see_other(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
            if request.method not in allowed:
                return HttpResponse(status=405, headers={"Allow": ", ".join(sorted(allowed))})
            try:
                return _inside(request, number, permission, view, *args, **kwargs)
            except Problem as problem:
                return translate(request, problem)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return declare


def _inside(
    request: HttpRequest,
    number: int,
    permission: Permission,
    view: Callable[Concatenate[Door, P], HttpResponseBase],
    *args: P.args,
    **kwargs: P.kwargs,
) -> HttpResponseBase:
    membership, memberships = enter(request, number)
    with vault_in_use(place_of(membership.business_id).vault_id) as vault:
        seat = take_seat(vault, membership)
        if not seat.actor.may(permission):
            raise Forbidden("Your role does not allow this page.", code="no_permission")
        with timezone.override(seat.zone):
            door = Door(request, membership.business, memberships, vault, seat.actor, seat.zone)
            return view(door, *args, **kwargs)


def translate(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Return the answer to a problem: a line on the page one came from, or an error page."""
    status = NO_ROOM if isinstance(problem, StorageFull) else STATUS.get(problem.kind, 400)
    # A line on the next page would have to be written down first, which a full disk does not take either.
    speaks_later = request.method == "POST" and not isinstance(problem, StorageProblem)
    back = own_path(request) if speaks_later else ""
    if back and "HX-Request" not in request.headers and "X-Upload" not in request.headers:
        messages.info(request, problem.message, extra_tags="failed|")
        return see_other(back)
    if "X-Upload" in request.headers:
        return HttpResponse(problem.message, status=status, content_type="text/plain; charset=utf-8")
    template = {403: "errors/403.html", 404: "errors/404.html"}.get(status, "errors/problem.html")
    return page(request, template, {"problem": problem, "status": status}, status=status)
