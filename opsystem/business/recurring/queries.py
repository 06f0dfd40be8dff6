"""What may be asked about recurring work."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.recurring.models import Series
from opsystem.business.recurring.records import SeriesRow
from opsystem.business.recurring.rows import series_rows
from opsystem.business.references import JobRef, SeriesRef, number_of
from opsystem.operations import Permission, Work, query
from opsystem.vault import Vault

_MOST = 500


@query(permission=Permission.JOBS_READ, label="List recurring work")
def list_series(work: Work, *, job: JobRef | None = None, include_ended: bool = False) -> list[SeriesRow]:
    """List recurring work with its rhythm, who goes, and the next visit; the newest first, 500 at most."""
    statement = select(Series).order_by(Series.ended_at.is_not(None), Series.id.desc()).limit(_MOST)
    if job is not None:
        statement = statement.where(Series.job_id == number_of(job))
    if not include_ended:
        statement = statement.where(Series.ended_at.is_(None))
    return series_rows(work, statement)


@query(permission=Permission.JOBS_READ, label="Show recurring work")
def show_series(work: Work, *, series: SeriesRef) -> SeriesRow:
    """Show one series."""
    row = work.get(Series, number_of(series), "recurring work")
    return series_rows(work, select(Series).where(Series.id == row.id))[0]


def has_series(vault: Vault) -> bool:
    """Tell whether any series still runs; asked by the worker, which acts for nobody."""
    with vault.reading() as session:
        return session.scalar(select(Series.id).where(Series.ended_at.is_(None)).limit(1)) is not None
