"""The owner's page for deleting the business, and for taking that back."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.control.audit.events import origin_of
from opsystem.control.hosting.deletions import deletion_of
from opsystem.kit.errors import Invalid
from opsystem.lifecycle.shredding import asking
from opsystem.operations import Permission
from opsystem.web.accounts.fresh import ask_again, is_fresh
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState


@business_page(Permission.DELETE, "GET", "POST")
def home(door: Door) -> HttpResponse:
    """Say what would go, and enter the deletion for an owner who typed the business's name."""
    form = FormState()
    if door.is_post:
        if not is_fresh(door.request):
            return ask_again(door.request, door.url("deletion:home"))
        try:
            _ask(door)
            return door.go("deletion:home")
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
    context = {
        "form": form,
        "fresh": is_fresh(door.request),
        "deletion": deletion_of(door.vault.id),
        "hours": int(asking.TIME_TO_THINK.total_seconds() // 3600),
    }
    return door.page("deletion/home.html", context)


@business_page(Permission.DELETE, "POST")
def keep(door: Door) -> HttpResponse:
    """Take the deletion back."""
    person = person_of(door.request)
    asking.take_back(door.vault.id, person=person, origin=origin_of(door.request))
    door.tell("Your business stays. Nothing was deleted")
    return door.go("deletion:home")


def _ask(door: Door) -> None:
    asking.ask(
        door.vault.id,
        typed=door.request.POST.get("typed", ""),
        expected=door.business.name,
        person=person_of(door.request),
        origin=origin_of(door.request),
    )
