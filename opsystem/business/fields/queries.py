"""What may be asked about custom fields. Amounts are kept from whoever sees no money of others."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from opsystem.business.fields.kinds import Answer, FieldType, show_answer
from opsystem.business.fields.models import CustomField, FieldValue
from opsystem.business.fields.records import FieldAnswer, FieldOwner, FieldRecord
from opsystem.operations import Permission, Work, query


@query(permission=Permission.LISTS_READ, label="List custom fields")
def list_fields(work: Work, *, of: FieldOwner | None = None) -> list[FieldRecord]:
    """List the custom fields of clients, properties, jobs and team members, in the order of their forms."""
    return [field_record(one) for one in fields_of(work, of)]


def fields_of(work: Work, of: str | None) -> list[CustomField]:
    """Return the fields of a kind of record (None: of all), in order."""
    statement = select(CustomField).where(CustomField.removed_at.is_(None))
    if of is not None:
        statement = statement.where(CustomField.of == of)
    return list(
        work.session.scalars(statement.order_by(CustomField.of, CustomField.position, CustomField.id))
    )


def answers_of(work: Work, of: str, numbers: Collection[int]) -> dict[int, list[FieldAnswer]]:
    """Return what stands in the fields of these records, in the order of the form; empty ones left out."""
    owner = FieldValue.__table__.c[f"{of}_id"]
    found: dict[int, list[FieldAnswer]] = {number: [] for number in numbers}
    if not numbers:
        return found
    statement = (
        select(CustomField, FieldValue, owner)
        .join(FieldValue, FieldValue.field_id == CustomField.id)
        .where(owner.in_(numbers), CustomField.of == of, CustomField.removed_at.is_(None))
        .order_by(CustomField.position, CustomField.id)
    )
    for field, value, number in work.session.execute(statement):
        kind = FieldType(field.type)
        shown = show_answer(kind, Answer(value.text, value.number))
        found[number].append(FieldAnswer(field.ref, field.name, kind, value.text, shown))
    return found


def field_record(field: CustomField) -> FieldRecord:
    """Return what is told about a custom field."""
    return FieldRecord(
        ref=field.ref,
        id=field.id,
        of=FieldOwner(field.of),
        name=field.name,
        type=FieldType(field.type),
        choices=field.choices.splitlines(),
        hint=field.hint,
        position=field.position,
    )
