"""View of erasing a client: what would go, and the typed word that makes it go."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.erasure.operations import erase_client
from opsystem.business.erasure.queries import show_erasure
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.accounts.fresh import ask_again, is_fresh
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState


@business_page(Permission.ERASE, "GET", "POST")
def erase(door: Door, client: int) -> HttpResponse:
    """Show what the business holds about a client, and erase it for somebody who has just signed in."""
    ref, form = make_ref("client", client), FormState()
    if not is_fresh(door.request):
        return ask_again(door.request, door.url("clients:erase", client))
    if door.is_post:
        try:
            outcome = door.submit(erase_client, "confirmation", keep_empty=True, client=ref)
        except Conflict as conflict:
            door.tell(conflict.message, kind="failed")
            return door.go("clients:erase", client)
        if outcome.done:
            door.tell(f"{ref} is erased. The last bytes go within a minute.")
            return door.go("clients:list")
        form = outcome.form
    plan = door.ask(show_erasure, client=ref)
    return door.page("clients/erase.html", {"plan": plan, "form": form})
