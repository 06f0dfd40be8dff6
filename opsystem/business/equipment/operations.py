"""What may be done about equipment itself. Whoever goes to a place may write down what stands there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from opsystem.business.clients.models import Property
from opsystem.business.equipment.finding import equipment_row
from opsystem.business.equipment.models import Equipment
from opsystem.business.references import EquipmentRef, PropertyRef, number_of
from opsystem.business.wording import Line, Name, Words
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


def _in_our_time(day: date) -> date:
    if not 1900 <= day.year <= 2100:
        raise ValueError("Give a day between 1900 and 2100.")
    return day


Day = Annotated[date, AfterValidator(_in_our_time)]
BaseVersion = Annotated[int, Field(ge=1, description="The version of what was edited, as it was last read.")]


@operation(permission=Permission.VISITS_WORK, effect=Effect.DRAFT, label="Add equipment")
def add_equipment(
    work: Work,
    *,
    property: PropertyRef,  # noqa: A002
    sort: Name,
    place: Line = "",
    maker: Line = "",
    model: Line = "",
    serial: Line = "",
    installed_on: Day | None = None,
    warranty_until: Day | None = None,
    notes: Words = "",
) -> Saved:
    """Write down what stands at a property: its sort (`Water heater`), where, maker, model, serial, dates."""
    where = work.get(Property, number_of(property), "property")
    if where.removed_at is not None:
        raise Conflict(f"{where.street} was removed.", code="removed")
    _in_order(installed_on, warranty_until)
    row = Equipment(
        client_id=where.client_id,
        property_id=where.id,
        sort=sort,
        place=place,
        maker=maker,
        model=model,
        serial=serial,
        installed_on=installed_on,
        warranty_until=warranty_until,
        notes=notes,
        version=1,
        added_at=work.now,
        added_by=work.actor.name,
        changed_by=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()
    work.describe(f"Added {row.title} at {where.street}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.VISITS_WORK, effect=Effect.DRAFT, label="Edit equipment")
def edit_equipment(
    work: Work,
    *,
    equipment: EquipmentRef,
    base_version: BaseVersion | None = None,
    sort: Name,
    place: Line = "",
    maker: Line = "",
    model: Line = "",
    serial: Line = "",
    installed_on: Day | None = None,
    warranty_until: Day | None = None,
    notes: Words = "",
) -> Saved:
    """Change a piece of equipment to exactly this. With `base_version`, an edit of a state that somebody
    changed meanwhile is refused as a conflict."""
    row = equipment_row(work, equipment)
    if base_version is not None and base_version != row.version:
        raise Conflict(
            f"{row.changed_by} changed {row.ref} meanwhile. Look at both, then save again.",
            code="stale",
            fields={"base_version": str(row.version)},
        )
    _in_order(installed_on, warranty_until)
    given: dict[str, Any] = {
        "sort": sort, "place": place, "maker": maker, "model": model, "serial": serial, "notes": notes,
        "installed_on": installed_on, "warranty_until": warranty_until,
    }  # fmt: skip
    for name, value in given.items():
        setattr(row, name, value)
    row.version, row.changed_by = row.version + 1, work.actor.name
    work.describe(f"Edited {row.ref} {row.title}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.VISITS_WORK, effect=Effect.DRAFT, label="Take equipment out")
def retire_equipment(work: Work, *, equipment: EquipmentRef, reason: Line = "") -> Saved:
    """Say that a piece of equipment is not there any more (`Replaced`). Its history stays."""
    row = equipment_row(work, equipment)
    row.removed_at, row.removed_by, row.removed_reason = work.now, work.actor.name, reason
    work.describe(f"Took out {row.ref} {row.title}")
    return Saved(row.ref, row.id)


def _in_order(installed_on: date | None, warranty_until: date | None) -> None:
    if installed_on is not None and warranty_until is not None and warranty_until < installed_on:
        message = "The warranty ends before it was installed."
        raise Invalid(message, code="bad_days", fields={"warranty_until": message})
