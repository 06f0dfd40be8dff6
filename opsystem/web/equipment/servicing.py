"""Views of what is written down about equipment on the spot: what was done, photos."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.equipment.queries import show_equipment
from opsystem.business.equipment.records import EquipmentPage
from opsystem.business.equipment.servicing import attach_to_equipment, note_service
from opsystem.business.files.operations import add_file
from opsystem.business.overview.queries import show_client
from opsystem.kit import clock
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web import show as words
from opsystem.web.door import Door, business_page
from opsystem.web.files.content import MOST_BYTES
from opsystem.web.files.tiles import tiles
from opsystem.web.forms import FormState

_FEW_VISITS = 12


def service_form(door: Door, page: EquipmentPage) -> dict[str, Any]:
    """Return the form that notes a service, with the visits at this place until today to choose from."""
    row, today = page.equipment, localtime(clock.now()).date()
    whose = door.ask(show_client, client=row.client)
    visits = [
        visit
        for job in (*whose.open_jobs, *whose.past_jobs)
        for visit in job.visits
        if visit.cancelled_at is None
        and visit.property in (None, row.property)
        and localtime(visit.starts_at).date() <= today
    ]
    visits.sort(key=lambda one: one.starts_at, reverse=True)
    choices = [
        (one.ref, f"{words.day(one.starts_at)}, {one.title} ({one.ref})") for one in visits[:_FEW_VISITS]
    ]
    return {"form": FormState(prefix="service-"), "visits": choices}


@business_page(Permission.VISITS_WORK, "POST")
def note(door: Door, equipment: int) -> HttpResponse:
    """Write down what was done to a piece."""
    ref = make_ref("equipment", equipment)
    outcome = door.submit(note_service, "visit", "words", equipment=ref)
    if outcome.done:
        door.tell("Noted what was done", done=outcome.done)
        return door.go("equipment:show", equipment)
    page = door.ask(show_equipment, equipment=ref)
    wrong = FormState(outcome.form.values, outcome.form.errors, outcome.form.message, "service-")
    context = {"page": page, "tiles": tiles(door, page.files), **service_form(door, page), "form": wrong}
    return door.page("equipment/show.html", context)


@business_page(Permission.VISITS_WORK, "POST")
def attach(door: Door, equipment: int) -> HttpResponse:
    """Keep photos and papers of a piece, as files of its client."""
    ref, sent = make_ref("equipment", equipment), door.request.FILES.getlist("file")
    if not sent:
        raise Invalid("Choose a photo first.", code="no_file", fields={"file": "Choose a photo first."})
    client = door.ask(show_equipment, equipment=ref).equipment.client
    key = door.request.POST.get("request_id", "")
    for number, file in enumerate(sent):
        stored = door.vault.files.write(file.chunks(), limit=MOST_BYTES)
        given = {"content_id": stored.content_id, "name": file.name or "photo", "client": client}
        request_id = f"{key}-{number}" if key else None
        added = add_file.perform(door.vault, door.actor, given, request_id=request_id).value
        attach_to_equipment.perform(
            door.vault,
            door.actor,
            {"equipment": ref, "file": added.ref},
            request_id=f"{request_id}-at" if request_id else None,
        )
    door.tell(f"Added {len(sent)} {'photo' if len(sent) == 1 else 'photos'}")
    return door.go("equipment:show", equipment)
