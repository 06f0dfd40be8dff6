"""What may be done about message templates."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select

from opsystem.business.references import TemplateRef, number_of
from opsystem.business.templates.models import Template
from opsystem.business.templates.queries import template_record
from opsystem.business.templates.records import TemplateRecord
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Work, operation

Channel = Literal["sms", "email"]
Key = Annotated[
    str,
    Field(
        min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$", description="What it is for: on_my_way."
    ),
]
Text = Annotated[
    str, Field(min_length=1, max_length=5_000, description="The words, with blanks like {first}.")
]


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Add template")
def add_template(
    work: Work,
    *,
    name: Name,
    body: Text,
    channel: Channel = "sms",
    subject: Line = "",
    key: Key | None = None,
) -> TemplateRecord:
    """Add a message template. Blanks are written like {first}; an email needs a subject."""
    _need_subject(channel, subject)
    template = Template(
        key=_free_key(work, key, name), name=name, channel=channel, subject=subject, body=body
    )
    work.session.add(template)
    work.session.flush()
    work.describe(f"Added template {name}")
    return template_record(template)


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Edit template")
def edit_template(
    work: Work,
    *,
    template: TemplateRef,
    name: Name | None = None,
    body: Text | None = None,
    channel: Channel | None = None,
    subject: Line | None = None,
) -> TemplateRecord:
    """Change a message template. What is not given stays as it is."""
    row = work.get(Template, number_of(template), "template")
    given = {"name": name, "body": body, "channel": channel, "subject": subject}
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    _need_subject(row.channel, row.subject)
    row.suggested = False
    work.session.flush()
    work.describe(f"Edited template {row.name}")
    return template_record(row)


def _need_subject(channel: str, subject: str) -> None:
    if channel == "email" and not subject:
        raise Invalid(
            "An email needs a subject.", code="no_subject", fields={"subject": "Give the email a subject."}
        )


def _free_key(work: Work, key: str | None, name: str) -> str:
    taken = set(work.session.scalars(select(Template.key)))
    if key is not None:
        if key in taken:
            message = "There is already a template with this key."
            raise Invalid(message, code="key_taken", fields={"key": message})
        return key
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:50]
    wanted = words if words[:1].isalpha() else f"template_{words}".rstrip("_")
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}_{number}"
    return free
