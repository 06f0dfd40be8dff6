"""Views of equipment: what there is, one piece, adding, editing, taking out."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.http import HttpResponse

from opsystem.business.equipment.operations import add_equipment, edit_equipment, retire_equipment
from opsystem.business.equipment.queries import list_equipment, show_equipment
from opsystem.business.equipment.records import EquipmentRow
from opsystem.business.overview.queries import show_client
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.equipment.servicing import service_form
from opsystem.web.files.tiles import tiles
from opsystem.web.forms import FormState

_WORDS = ("sort", "place", "maker", "model", "serial", "notes")
_FIELDS = (*_WORDS, "installed_on", "warranty_until")


@business_page(Permission.CLIENTS_READ)
def show_list(door: Door, client: int) -> HttpResponse:
    """Show what stands at each place of a client, and what was taken out."""
    ref = make_ref("client", client)
    here = door.ask(list_equipment, client=ref)
    context = {
        "client": door.ask(show_client, client=ref).client,
        "places": [(address, list(rows)) for address, rows in groupby(here, lambda one: one.address)],
        "gone": door.ask(list_equipment, client=ref, taken_out=True),
    }
    return door.page("equipment/list.html", context)


@business_page(Permission.CLIENTS_READ)
def show(door: Door, equipment: int) -> HttpResponse:
    """Show a piece of equipment with what was done to it and photos of it."""
    page = door.ask(show_equipment, equipment=make_ref("equipment", equipment))
    return door.page("equipment/show.html", shown(door, page))


def shown(door: Door, page: Any) -> dict[str, Any]:
    """Return what the page of a piece of equipment shows."""
    return {"page": page, "tiles": tiles(door, page.files), **service_form(door, page)}


@business_page(Permission.VISITS_WORK, "GET", "POST")
def add(door: Door, client: int) -> HttpResponse:
    """Write down what stands at a place."""
    page = door.ask(show_client, client=make_ref("client", client))
    asked = door.request.GET.get("property", "")
    first = page.properties[0].ref if page.properties else ""
    form = FormState({"property": make_ref("property", int(asked)) if asked.isdecimal() else first})
    if door.is_post:
        outcome = door.submit(add_equipment, "property", *_FIELDS)
        if outcome.done:
            door.tell(f"Added {outcome.form.value('sort')}", done=outcome.done)
            return door.go("equipment:show", outcome.done.value.id)
        form = outcome.form
    context = {"form": form, "client": page.client, "places": page.properties, "row": None, "meanwhile": None}
    return door.page("equipment/form.html", context)


@business_page(Permission.VISITS_WORK, "GET", "POST")
def edit(door: Door, equipment: int) -> HttpResponse:
    """Change what is known of a piece. What somebody else saved meanwhile is shown, not overwritten."""
    row = door.ask(show_equipment, equipment=make_ref("equipment", equipment)).equipment
    form = FormState({name: value or "" for name, value in asdict(row).items()})
    meanwhile: EquipmentRow | None = None
    if door.is_post:
        sent = door.request.POST
        base = sent.get("base_version", "")
        days = {name: sent.get(name, "").strip() or None for name in ("installed_on", "warranty_until")}
        given = {**days, **({"base_version": int(base)} if base.isdecimal() and len(base) < 10 else {})}
        try:
            outcome = door.submit(edit_equipment, *_WORDS, keep_empty=True, equipment=row.ref, **given)
        except Conflict as conflict:
            if conflict.code != "stale":
                raise
            form, meanwhile = FormState({**sent.dict(), "version": row.version}), row
            form = FormState(form.values, {}, conflict.message)
        else:
            if outcome.done:
                door.tell("Saved", done=outcome.done)
                return door.go("equipment:show", equipment)
            form = FormState(
                {**outcome.form.values, "version": base}, outcome.form.errors, outcome.form.message
            )
    client = door.ask(show_client, client=row.client).client
    context = {"form": form, "client": client, "places": [], "row": row, "meanwhile": meanwhile}
    return door.page("equipment/form.html", context)


@business_page(Permission.VISITS_WORK, "POST")
def retire(door: Door, equipment: int) -> HttpResponse:
    """Say that a piece is not there any more."""
    outcome = door.submit(retire_equipment, "reason", equipment=make_ref("equipment", equipment))
    if outcome.done:
        door.tell("Taken out. Its history stays.", done=outcome.done)
    else:
        door.tell(outcome.form.error("reason") or outcome.form.message, kind="failed")
    return door.go("equipment:show", equipment)
