"""View of the logo: a picture is taken in like any file, and chosen."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.files.logo import choose_logo
from opsystem.business.files.operations import add_file
from opsystem.business.files.queries import show_file
from opsystem.business.profile.queries import business_profile
from opsystem.kit.errors import Invalid
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_MOST_BYTES = 10_000_000


@business_page(Permission.SETTINGS_MANAGE, "GET", "POST")
def change(door: Door) -> HttpResponse:
    """Show the logo; take another one, or none."""
    form = FormState()
    if door.is_post:
        try:
            return _change(door)
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
    ref = door.ask(business_profile).logo
    logo = door.ask(show_file, file=ref) if ref else None
    return door.page("settings/logo.html", {"form": form, "logo": logo})


def _change(door: Door) -> HttpResponse:
    sent = door.request.FILES.get("file")
    if "remove" in door.request.POST:
        door.tell("Took the logo away", done=door.perform(choose_logo))
        return door.go("settings:logo")
    if sent is None:
        raise Invalid("Choose a picture first.", code="no_file", fields={"file": "Choose a picture first."})
    stored = door.vault.files.write(sent.chunks(), limit=_MOST_BYTES)
    given = {"content_id": stored.content_id, "name": sent.name or "Logo", "caption": "Logo"}
    file = add_file.perform(door.vault, door.actor, given).value
    door.tell("Changed the logo", done=door.perform(choose_logo, file=file.ref))
    return door.go("settings:logo")
