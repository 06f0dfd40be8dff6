"""Views of the download: have it prepared, watch it, fetch it by a link that works once."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.exports.operations import discard_export, prepare_export
from opsystem.business.exports.queries import newest_export
from opsystem.control.audit.events import origin_of, record
from opsystem.lifecycle.exporting.links import make_link
from opsystem.lifecycle.exporting.summary import summary
from opsystem.operations import Permission
from opsystem.web.accounts.fresh import ask_again, is_fresh
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page


@business_page(Permission.EXPORT)
def home(door: Door) -> HttpResponse:
    """Say what the archive holds, how far it is, and where it can be fetched."""
    return door.page(
        "exports/home.html",
        {"told": summary(door.vault), "export": door.ask(newest_export), "fresh": is_fresh(door.request)},
    )


@business_page(Permission.EXPORT, "POST")
def prepare(door: Door) -> HttpResponse:
    """Have everything packed, for somebody who has just shown who they are."""
    if not is_fresh(door.request):
        return ask_again(door.request, door.url("exports:home"))
    door.perform(prepare_export)
    _note(door, "vault.export_asked")
    return door.go("exports:home")


@business_page(Permission.EXPORT, "POST")
def discard(door: Door) -> HttpResponse:
    """Stop it, or remove it again."""
    door.perform(discard_export)
    door.tell("Discarded the download")
    return door.go("exports:home")


@business_page(Permission.EXPORT, "POST")
def link(door: Door) -> HttpResponse:
    """Make the link that works once, for somebody who has just shown who they are, and go there."""
    if not is_fresh(door.request):
        return ask_again(door.request, door.url("exports:home"))
    word = make_link(door.vault)
    _note(door, "vault.exported")
    return door.go("exports:file", word)


def _note(door: Door, action: str) -> None:
    record(
        action,
        actor_id=person_of(door.request).pk,
        business_id=door.business.pk,
        origin=origin_of(door.request),
    )
