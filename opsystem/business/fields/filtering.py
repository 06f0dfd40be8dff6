"""Lists narrowed by custom fields: exact, a range (`100..250`, `2026-01-01..`), or any answer (`*`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select

from opsystem.business.fields.answering import find_field
from opsystem.business.fields.kinds import FieldType, read_answer
from opsystem.business.fields.models import CustomField, FieldValue
from opsystem.business.fields.queries import fields_of
from opsystem.kit.errors import Invalid
from opsystem.operations import Work

_COMPARED = {FieldType.NUMBER, FieldType.MONEY, FieldType.DATE}
ANYTHING = "*"


def field_conditions(
    work: Work, of: str, number: ColumnElement[Any] | Any, wanted: Mapping[str, str]
) -> list[ColumnElement[bool]]:
    """Return the conditions on the column `number` of a list of records of this kind.

    Raises Invalid at `fields.<key>`. Fields that the actor may not see match nothing.
    """
    known = fields_of(work, of) if wanted else []
    conditions: list[ColumnElement[bool]] = []
    for key, typed in wanted.items():
        if not typed.strip():
            continue
        try:
            field = _field(known, key)
            match = _match(field, typed.strip())
        except Invalid as problem:
            fields = {f"fields.{key}": problem.message}
            raise Invalid(problem.message, code=problem.code, fields=fields) from problem
        owner = getattr(FieldValue, f"{of}_id")
        conditions.append(number.in_(select(owner).where(FieldValue.field_id == field.id, *match)))
    return conditions


def _field(known: list[CustomField], key: str) -> CustomField:
    field = find_field(known, key)
    if field is None:
        raise Invalid(f"There is no custom field “{key}” here.", code="no_field")
    return field


def _match(field: CustomField, typed: str) -> list[ColumnElement[bool]]:
    kind, choices = FieldType(field.type), field.choices.splitlines()
    if typed == ANYTHING:
        return []
    if kind is FieldType.TEXT:
        return [FieldValue.text.icontains(typed, autoescape=True)]
    if kind in _COMPARED and ".." in typed:
        least, _, most = typed.partition("..")
        found = []
        if least.strip():
            found.append(FieldValue.number >= read_answer(kind, choices, least.strip()).number)
        if most.strip():
            found.append(FieldValue.number <= read_answer(kind, choices, most.strip()).number)
        return found
    return [FieldValue.text == read_answer(kind, choices, typed).text]
