"""What may be done with exports."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.exports.models import Export
from opsystem.business.exports.records import ExportRow
from opsystem.operations import Effect, Permission, Work, operation

LANE = "exports"
_ON_THE_WAY = ("waiting", "making")


@operation(
    permission=Permission.EXPORT,
    effect=Effect.COMMIT,
    label="Prepare a download of everything",
    assistant=False,
)
def prepare_export(work: Work) -> ExportRow:
    """Have everything the business has packed into one ZIP. One that is on its way is not begun twice."""
    waiting = select(Export).where(Export.state.in_(_ON_THE_WAY)).order_by(Export.id).limit(1)
    row = work.session.scalar(waiting)
    if row is None:
        _end_earlier(work)
        row = Export(
            asked_at=work.now, asked_by=work.actor.name, account_id=work.actor.id, state="waiting",
            due_at=work.now, tries=0, done=0, total=0, files=0, size=0, fetched=0,
        )  # fmt: skip
        work.session.add(row)
        work.session.flush()
    work.set_alarm(LANE, work.now)
    return ExportRow.of(row)


@operation(permission=Permission.EXPORT, effect=Effect.COMMIT, label="Discard a download", assistant=False)
def discard_export(work: Work) -> None:
    """Stop the export on its way, or remove the one that is ready."""
    _end_earlier(work)
    work.set_alarm(LANE, work.now)


def _end_earlier(work: Work) -> None:
    """Let the worker remove what earlier exports left."""
    for row in work.session.scalars(
        select(Export).where(Export.state.in_((*_ON_THE_WAY, "ready", "fetched")))
    ):
        row.state, row.link_hash, row.expires_at, row.due_at = "fetched", None, work.now, work.now
