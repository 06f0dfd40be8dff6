"""What may be asked about what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import ColumnElement, Row, func, select

from opsystem.business.history.corrections import where_to_correct
from opsystem.business.history.reading import QUIET, readable_tables
from opsystem.business.history.records import ChangeDetail, ChangeRow
from opsystem.business.history.together import acts_together
from opsystem.business.history.undoable import LEFT, obstacles
from opsystem.business.history.wording import in_words
from opsystem.business.profile.queries import zone_of
from opsystem.business.references import ChangeRef, number_of
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query
from opsystem.vault.journals.journal import changes_of

PAGE = 40
PageNumber = Annotated[int, Field(ge=1)]


@query(permission=Permission.HISTORY_READ, label="Show history")
def list_history(
    work: Work,
    *,
    page: PageNumber = 1,
    actor: Annotated[str | None, Field(max_length=120, description="Part of a name.")] = None,
    since: Annotated[datetime | None, Field(description="Without an offset: the business's time.")] = None,
    routine: Annotated[bool, Field(description="Also delivery reports and the like.")] = False,
) -> Page[ChangeRow]:
    """List what was done in the business, newest first: what, by whom, when."""
    sets = work.vault.schema.tables.change_set
    wanted: list[ColumnElement[bool]] = []
    if not routine:
        wanted.append(sets.c.operation.not_in(QUIET))
    if actor:
        wanted.append(sets.c.actor_name.icontains(actor, autoescape=True))
    if since is not None:
        moment = since if since.tzinfo is not None else clock.from_local(since, zone_of(work.session))
        wanted.append(sets.c.at >= moment)
    total = work.session.scalar(select(func.count()).select_from(sets).where(*wanted)) or 0
    newest = select(sets).where(*wanted).order_by(sets.c.at.desc(), sets.c.id.desc())
    newest = newest.limit(PAGE).offset((page - 1) * PAGE)
    rows = change_rows(work, work.session.execute(newest).all())
    return Page(rows=rows, total=total, number=page, size=PAGE)


@query(permission=Permission.HISTORY_READ, label="Show change")
def show_change(work: Work, *, change: ChangeRef) -> ChangeDetail:
    """Show everything one act changed, field by field, before and after."""
    sets = work.vault.schema.tables.change_set
    row = work.session.execute(select(sets).where(sets.c.id == number_of(change))).one_or_none()
    if row is None:
        raise NotFound("There is no such change.", code="no_change")
    allowed = set(readable_tables(work))
    changes = changes_of(work.session, work.vault.schema, row.id)
    records = [in_words(work, item) for item in changes if item.table in allowed]
    together = len(acts_together(work, row)) if work.actor.may(Permission.UNDO_OWN) else 0
    return ChangeDetail(change_rows(work, [row])[0], records, together, row.batch is not None)


def change_rows(work: Work, sets: Sequence[Row[Any]]) -> list[ChangeRow]:
    """Return change sets as they are told about."""
    blocked = obstacles(work, sets)
    threads = where_to_correct(work, [number for number, why in blocked.items() if why == LEFT])
    return [
        ChangeRow(
            ref=make_ref("change", row.id),
            id=row.id,
            at=row.at,
            actor_kind=row.actor_kind,
            actor_name=row.actor_name,
            with_assistant=row.turn_id is not None,
            operation=row.operation,
            label=row.label,
            undoes=make_ref("change", row.undoes_id) if row.undoes_id is not None else None,
            undone_by=make_ref("change", row.undone_by_id) if row.undone_by_id is not None else None,
            obstacle=blocked[row.id],
            correct_in=threads.get(row.id),
        )
        for row in sets
    ]
