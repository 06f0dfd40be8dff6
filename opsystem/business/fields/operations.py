"""What may be done about custom fields, and the answers of any record that has some."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import func, select

from opsystem.business.fields.answering import Answers, write_answers
from opsystem.business.fields.kinds import FieldType
from opsystem.business.fields.models import OWNERS, CustomField
from opsystem.business.fields.queries import fields_of
from opsystem.business.fields.records import FieldOwner
from opsystem.business.record import Record
from opsystem.business.references import FieldRef, number_of
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Invalid, LimitReached
from opsystem.kit.refs import Reference, parse_ref
from opsystem.operations import Effect, Permission, Saved, Work, operation

MOST_FIELDS = 40
_MOST_CHOICES = 60
_WRITE = {
    "client": Permission.CLIENTS_WRITE,
    "property": Permission.CLIENTS_WRITE,
    "job": Permission.JOBS_WRITE,
    "quote": Permission.QUOTES_WRITE,
    "invoice": Permission.INVOICES_WRITE,
    "member": Permission.TEAM_MANAGE,
}


def _each_once(given: tuple[str, ...]) -> tuple[str, ...]:
    lines = [" ".join(one.split()) for one in given]
    return tuple(dict.fromkeys(line for line in lines if line))


Choices = Annotated[
    tuple[Annotated[str, Field(max_length=80)], ...],
    Field(max_length=_MOST_CHOICES, description="The answers to choose from, for a choice."),
    AfterValidator(_each_once),
]


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Add custom field")
def add_field(
    work: Work,
    *,
    of: FieldOwner,
    name: Name,
    type: FieldType,  # noqa: A002
    choices: Choices = (),
    hint: Line = "",
) -> Saved:
    """Add a custom field to clients, properties, jobs or people of the team.

    It is in their forms, lists, exports and tools from then on.
    """
    known = fields_of(work, of)
    if len(known) >= MOST_FIELDS:
        raise LimitReached(f"There are {MOST_FIELDS} custom fields already. Remove one first.")
    _check(known, None, name, type, choices)
    last = work.session.scalar(select(func.max(CustomField.position)).where(CustomField.of == of.value)) or 0
    field = CustomField(
        of=of.value, name=name, type=type.value, choices="\n".join(choices), hint=hint, position=last + 1
    )
    work.session.add(field)
    work.session.flush()
    work.describe(f"Added the custom field “{name}”")
    return Saved(field.ref, field.id)


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Edit custom field")
def edit_field(
    work: Work,
    *,
    field: FieldRef,
    name: Name | None = None,
    choices: Choices | None = None,
    hint: Line | None = None,
) -> Saved:
    """Change a custom field's name, hint or choices. Answers given before stay as they are."""
    row = work.get(CustomField, number_of(field), "custom field")
    given = tuple(row.choices.splitlines()) if choices is None else choices
    _check(fields_of(work, row.of), row, name or row.name, FieldType(row.type), given)
    row.name = name or row.name
    row.choices = "\n".join(given)
    row.hint = row.hint if hint is None else hint
    work.describe(f"Edited the custom field “{row.name}”")
    return Saved(row.ref, row.id)


@operation(permission=Permission.LISTS_WRITE, effect=Effect.COMMIT, label="Remove custom field")
def remove_field(work: Work, *, field: FieldRef) -> Saved:
    """Take a custom field out of forms and lists. Its answers stay in the vault, and undo brings all back."""
    row = work.get(CustomField, number_of(field), "custom field")
    row.removed_at, row.removed_by = work.now, work.actor.name
    work.describe(f"Removed the custom field “{row.name}”")
    return Saved(row.ref, row.id)


@operation(permission=Permission.LISTS_READ, effect=Effect.DRAFT, label="Fill in custom fields")
def set_fields(work: Work, *, record: Reference, answers: Answers) -> Saved:
    """Fill in custom fields of a client (C-12), property, job or team member; the right to edit it is needed.

    `list_fields` tells which there are and what each takes: 2026-11-24, yes or no, one of the choices.
    """
    kind, number = parse_ref(record)
    if kind not in OWNERS:
        raise Invalid(
            f"{record} has no custom fields.", code="no_fields", fields={"record": "Has no fields."}
        )
    if not work.actor.may(_WRITE[kind]):
        message = f"Your role does not change a {kind}."
        raise Invalid(message, code="no_permission", fields={"record": message})
    row = work.get(entity_of(kind), number, kind)
    write_answers(work, kind, row.id, answers)
    work.describe(f"Filled in custom fields of {row.ref}")
    return Saved(row.ref, row.id)


def entity_of(kind: str) -> type[Record]:
    """Return the table of a kind of record, whatever noun it belongs to."""
    return next(one.class_ for one in Record.registry.mappers if one.class_.kind == kind)


def _check(
    known: list[CustomField], own: CustomField | None, name: str, kind: FieldType, choices: tuple[str, ...]
) -> None:
    wrong = {}
    if any(one is not own and one.name.casefold() == name.casefold() for one in known):
        wrong["name"] = "There is a field of this name already."
    if kind is FieldType.CHOICE and len(choices) < 2:
        wrong["choices"] = "Give at least two answers, one a line."
    if wrong:
        raise Invalid("Please check what is marked.", code="bad_input", fields=wrong)
