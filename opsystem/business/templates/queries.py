"""What may be asked about message templates."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import select

from opsystem.business.templates.filling import blanks_of, unknown_blanks
from opsystem.business.templates.models import Template
from opsystem.business.templates.records import TemplateRecord
from opsystem.operations import Permission, Work, query


def template_record(template: Template) -> TemplateRecord:
    """Return what is told about a template."""
    words = f"{template.subject} {template.body}"
    return TemplateRecord(
        ref=template.ref,
        id=template.id,
        key=template.key,
        name=template.name,
        channel=template.channel,
        subject=template.subject,
        body=template.body,
        suggested=template.suggested,
        blanks=list(blanks_of(words)),
        unknown_blanks=list(unknown_blanks(words)),
    )


@query(permission=Permission.LISTS_READ, label="List templates")
def list_templates(work: Work, *, channel: Literal["sms", "email"] | None = None) -> list[TemplateRecord]:
    """List the message templates with their words and blanks."""
    statement = select(Template).order_by(Template.name, Template.id)
    if channel is not None:
        statement = statement.where(Template.channel == channel)
    return [template_record(template) for template in work.session.scalars(statement)]
