"""A client's links: how often each was opened, one more, an end to one; and what he corrected."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.hub.details import list_corrections, settle_correction
from opsystem.business.links.operations import make_client_link, revoke_client_link
from opsystem.business.links.queries import list_client_links
from opsystem.business.overview.queries import show_client
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.MESSAGES_SEND, "GET", "POST")
def links(door: Door, client: int) -> HttpResponse:
    """Show the links of a client; make one, whose address is shown this once."""
    ref, made = make_ref("client", client), None
    if door.is_post:
        made = door.perform(make_client_link, client=ref).value
    context = {
        "client": door.ask(show_client, client=ref).client,
        "links": door.ask(list_client_links, client=ref),
        "corrections": door.ask(list_corrections, client=ref),
        "made": made,
    }
    return door.page("clients/links.html", context)


@business_page(Permission.MESSAGES_SEND, "POST")
def revoke(door: Door, client: int, link: int) -> HttpResponse:
    """Revoke a link."""
    done = door.perform(revoke_client_link, link=make_ref("link", link))
    door.tell(f"Revoked {done.value.ref}", done=done)
    return door.go("clients:links", client)


@business_page(Permission.CLIENTS_WRITE, "POST")
def settle(door: Door, client: int, correction: int) -> HttpResponse:
    """Take over what a client has corrected, or leave it."""
    answer = "take" if door.request.POST.get("answer") == "take" else "leave"
    done = door.perform(settle_correction, correction=correction, answer=answer)
    door.tell("Taken over" if answer == "take" else "Left as it was", done=done)
    return door.go("clients:links", client)
