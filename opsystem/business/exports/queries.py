"""What may be asked of exports."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.exports.models import Export
from opsystem.business.exports.records import ExportRow
from opsystem.operations import Permission, Work, query


@query(permission=Permission.EXPORT, label="Show the newest export", assistant=False)
def newest_export(work: Work) -> ExportRow | None:
    """Return where the newest export stands, or nothing when there was none."""
    row = work.session.scalar(select(Export).order_by(Export.id.desc()).limit(1))
    return ExportRow.of(row) if row is not None else None
