"""The client's own pages as the office sees them: marked, and nothing is done in the client's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase

from opsystem.business.overview.queries import show_client
from opsystem.business.profile.queries import business_profile
from opsystem.kit.errors import Forbidden, NotFound
from opsystem.kit.refs import make_ref
from opsystem.lifecycle.client_seats import ClientSeat, LinkState
from opsystem.operations import Actor, Done, Operation, Permission
from opsystem.web.door import Door, business_page
from opsystem.web.hub import files, home, invoices, messages, quotes, visits
from opsystem.web.hub.door import ClientDoor

_PAGES: dict[str, Any] = {
    "home": home.show,
    "visit": visits.show,
    "quote": quotes.show,
    "invoice": invoices.show,
    "files": files.listed,
    "messages": messages.show,
    "details": messages.details,
}


@dataclass(frozen=True)
class LookingDoor(ClientDoor):
    """The door of somebody of the office who looks: it shows everything and does nothing."""

    office: str
    here: str
    looking: ClassVar[bool] = True

    def url(self, name: str, *args: object) -> str:
        """Return where the same page stands for who looks."""
        numbers = {"number": str(args[0])} if args else {}
        return f"{self.here}?{urlencode({'page': name, **numbers})}&"

    def perform(self, operation: Operation[Any], **given: Any) -> Done[Any]:  # noqa: ARG002
        """Do nothing. Raises Forbidden."""
        raise Forbidden("You only look at it. The client does this by the link.", code="only_looking")


@business_page(Permission.MESSAGES_SEND)
def view(door: Door, client: int) -> HttpResponseBase:
    """Show a page of the client's as the client sees it."""
    told = door.ask(show_client, client=make_ref("client", client)).client
    profile = door.ask(business_profile)
    seat = ClientSeat(
        actor=Actor.client(client_id=told.id, name=told.name),
        link_id=0,
        state=LinkState.OPEN,
        about=None,
        only=False,
        business_name=profile.name,
        business_phone=profile.phone,
        zone=door.zone,
        passed_round=False,
        proved_until=None,
    )
    office, here = door.url("clients:links", client), door.url("clients:view", client)
    looking = LookingDoor(door.request, door.vault, seat, "", "", office, here)
    shown = _PAGES.get(door.request.GET.get("page", "home"))
    if shown is None:
        raise NotFound("The client does this by the link.", code="only_looking")
    number = door.request.GET.get("number", "")
    given = [int(number)] if number.isdecimal() and len(number) < 16 else []
    if (shown in {visits.show, quotes.show, invoices.show}) != bool(given):
        raise NotFound("There is no such page.", code="no_page")
    answer: HttpResponse = shown.__wrapped__(looking, *given)
    return answer
