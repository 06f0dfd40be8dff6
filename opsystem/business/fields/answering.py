"""Writing answers into custom fields, for every operation that changes a record which has some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.fields.kinds import FieldType, read_answer
from opsystem.business.fields.models import CustomField, FieldValue
from opsystem.business.fields.queries import fields_of
from opsystem.kit.errors import Invalid
from opsystem.operations import Work

Answers = Annotated[
    dict[
        Annotated[str, Field(min_length=1, max_length=80)],
        Annotated[str, Field(max_length=2000)],
    ],
    Field(
        max_length=60,
        description="Custom fields by reference (CF-3) or name, with their answers; empty text clears one.",
    ),
]


def write_answers(work: Work, of: str, number: int, answers: Mapping[str, str]) -> None:
    """Write answers into custom fields of a record. Raises Invalid at `fields.<key>` of each wrong one."""
    if not answers:
        return
    known = fields_of(work, of)
    wrong: dict[str, str] = {}
    for key, typed in answers.items():
        field = find_field(known, key)
        if field is None:
            wrong[f"fields.{key}"] = f"There is no custom field “{key}” here."
            continue
        try:
            _write(work, field, of, number, typed.strip())
        except Invalid as problem:
            wrong[f"fields.{key}"] = problem.message
    if wrong:
        raise Invalid("Please check what is marked.", code="bad_input", fields=wrong)
    work.session.flush()


def find_field(known: list[CustomField], key: str) -> CustomField | None:
    """Return the field that a reference or a name means, or None."""
    wanted = key.casefold()
    return next((one for one in known if wanted in {one.ref.casefold(), one.name.casefold()}), None)


def _write(work: Work, field: CustomField, of: str, number: int, typed: str) -> None:
    owner = FieldValue.__table__.c[f"{of}_id"]
    row = work.session.scalars(
        select(FieldValue).where(FieldValue.field_id == field.id, owner == number)
    ).one_or_none()
    if not typed:
        if row is not None:
            work.session.delete(row)
        return
    answer = read_answer(FieldType(field.type), field.choices.splitlines(), typed)
    if row is None:
        row = FieldValue(field_id=field.id, **{f"{of}_id": number})
        work.session.add(row)
    row.text, row.number = answer.text, answer.number
