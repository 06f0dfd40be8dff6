"""The door of a client's pages: the link is the key, asked anew for every page."""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Concatenate, Final, ParamSpec, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from opsystem.control.businesses.directory import business_numbered
from opsystem.control.hosting.places import place_of
from opsystem.kit.errors import Invalid, LimitReached, NotFound, Problem
from opsystem.kit.refs import parse_ref
from opsystem.lifecycle.client_seats import ClientSeat, LinkState, take_client_seat
from opsystem.lifecycle.opening import vault_in_use
from opsystem.operations import Done, Operation, Query
from opsystem.vault import Vault
from opsystem.web.door import STATUS, see_other
from opsystem.web.forms import FormState
from opsystem.web.hub.limits import count, refuse_if_over
from opsystem.web.templating import page

T = TypeVar("T")
P = ParamSpec("P")
BY_LINK: Final = "client's link"
_WORD = re.compile(r"^([1-9][0-9]{5})-([A-Za-z0-9_-]{22})$")
_NOWHERE = frozenset({"no_link", "no_business", "no_vault"})
# Pages that lead a link to one record to that record.
_LEADING = frozenset({"home", "paid"})
_WRONG_AN_HOUR, _SENT_AN_HOUR = 40, 120
# No other site is told where a link was opened from, and no search engine keeps what it shows. Not
# "no-referrer": with that, browsers send forms with `Origin: null` (Fetch standard, 3.1), which the check
# against forged forms must refuse.
HEADERS: Final = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}


@dataclass(frozen=True)
class ClientDoor:
    """A client at his own pages. `word` is the link's, as it stands in the address."""

    request: HttpRequest
    vault: Vault
    seat: ClientSeat
    word: str
    browser: str
    # The office looks at the pages as the client sees them.
    looking: ClassVar[bool] = False

    @property
    def is_post(self) -> bool:
        """Whether something was sent."""
        return self.request.method == "POST"

    def ask(self, query: Query[T], **given: Any) -> T:
        """Ask a query as this client."""
        return query.ask(self.vault, self.seat.actor, given)

    def perform(self, operation: Operation[T], **given: Any) -> Done[T]:
        """Perform an operation as this client; what was sent twice is done once."""
        request_id = self.request.POST.get("request_id") or None
        return operation.perform(self.vault, self.seat.actor, given, request_id=request_id)

    def url(self, name: str, *args: object) -> str:
        """Return the address of one of these pages."""
        return reverse(f"hub:{name}", args=(self.word, *args))

    def go(self, name: str, *args: object, tell: str = "") -> HttpResponse:
        """Send the browser to one of these pages, with a line to be read there."""
        if tell:
            messages.info(self.request, tell)
        return see_other(self.url(name, *args))

    def page(
        self, template: str, context: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        """Render one of these pages."""
        return page(
            self.request, template, {"door": self, "form": FormState(), **(context or {})}, status=status
        )


Page = Callable[Concatenate[ClientDoor, P], HttpResponseBase]


def client_page(*methods: str, bare: bool = False) -> Callable[[Page[P]], Callable[..., HttpResponseBase]]:
    """Declare a page that a client's link opens. `bare` ones serve also a link that is over."""
    allowed = {*(methods or ("GET",)), "HEAD"}

    def declare(view: Page[P]) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, word: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponse(status=405, headers={"Allow": ", ".join(sorted(allowed))})
            try:
                answer = _inside(request, word, view, *args, bare=bare, **kwargs)
            except Problem as problem:
                answer = told(request, problem)
            for name, value in HEADERS.items():
                answer.headers[name] = value
            return answer

        guarded.access = BY_LINK  # type: ignore[attr-defined]
        return guarded

    return declare


def told(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Return a page of this kind that says what is wrong."""
    status = 429 if isinstance(problem, LimitReached) else STATUS.get(problem.kind, 400)
    template = (
        "hub/nowhere.html" if problem.code in {"no_link", "no_business", "no_vault"} else "hub/problem.html"
    )
    return page(request, template, {"problem": problem, "door": None}, status=status)


def _inside(
    request: HttpRequest, word: str, view: Any, *args: object, bare: bool, **kwargs: object
) -> HttpResponseBase:
    refuse_if_over(request, "wrong-link", _WRONG_AN_HOUR)
    if request.method == "POST":
        count(request, "client-post", _SENT_AN_HOUR)
    try:
        number, secret = _read(word)
        business = business_numbered(number)
        with vault_in_use(place_of(business.pk).vault_id) as vault:
            browser = _browser(request)
            seat = take_client_seat(vault, secret, browser)
            with timezone.override(seat.zone):
                door = ClientDoor(request, vault, seat, word, browser)
                return _held(door, bare=bare) or _answer(door, view, *args, **kwargs)
    except NotFound as problem:
        if problem.code in _NOWHERE:
            count(request, "wrong-link", _WRONG_AN_HOUR)
        raise


def _read(word: str) -> tuple[int, str]:
    """Return the business's number and the secret in a link's word. Raises NotFound."""
    read = _WORD.match(word)
    if read is None:
        raise NotFound("There is no such link.", code="no_link")
    return int(read[1]), read[2]


def _answer(door: ClientDoor, view: Any, *args: object, **kwargs: object) -> HttpResponseBase:
    """Answer by the view; what it refuses is said in words on a page of this kind."""
    try:
        answer: HttpResponseBase = view(door, *args, **kwargs)
    except Invalid as problem:
        return door.page("hub/problem.html", {"problem": problem}, status=422)
    except Problem as problem:
        status = 429 if isinstance(problem, LimitReached) else STATUS.get(problem.kind, 400)
        return door.page("hub/problem.html", {"problem": problem}, status=status)
    return answer


def _held(door: ClientDoor, *, bare: bool) -> HttpResponseBase | None:
    if bare:
        return None
    if door.seat.state is not LinkState.OPEN:
        return door.page("hub/over.html", {"over": door.seat.state.value}, status=410)
    match = door.request.resolver_match
    if door.seat.only and door.seat.about is not None and match is not None:
        kind, number = parse_ref(door.seat.about)
        if match.url_name not in _LEADING and match.kwargs.get(kind) != number:
            return door.go("home")
    if door.seat.passed_round and not door.seat.is_proved:
        return door.go("prove")
    return None


def _browser(request: HttpRequest) -> str:
    """Return the word that only this browser knows; it stands in the session of the one cookie."""
    known = request.session.get("browser")
    if isinstance(known, str):
        return known
    request.session["browser"] = secrets.token_urlsafe(16)
    return ""
