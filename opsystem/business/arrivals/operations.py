"""What may be done with an archive somebody brings: only an owner does it, only in an empty business."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.arrivals.models import Arrival
from opsystem.business.arrivals.records import ArrivalRow
from opsystem.operations import Effect, Permission, Work, operation

LANE = "arrivals"
_UNDER_WAY = ("receiving", "waiting", "checking", "refused")
_MOST_BYTES = 1 << 40

Size = Annotated[int, Field(gt=0, le=_MOST_BYTES, description="How long the archive is, in bytes.")]


@operation(permission=Permission.EXPORT, effect=Effect.COMMIT, label="Bring an archive", assistant=False)
def begin_arrival(work: Work, *, size: Size) -> ArrivalRow:
    """Begin to bring an export of another OpSystem; one that was begun before is dropped."""
    _drop(work)
    row = Arrival(
        begun_at=work.now, account_id=work.actor.id, state="receiving", size=size, received=0, tries=0,
        done=0, total=0,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.set_alarm(LANE, work.now)
    return ArrivalRow.of(row)


@operation(permission=Permission.EXPORT, effect=Effect.COMMIT, label="Drop an archive", assistant=False)
def drop_arrival(work: Work) -> None:
    """Drop the archive that is being brought."""
    _drop(work)
    work.set_alarm(LANE, work.now)


def _drop(work: Work) -> None:
    for row in work.session.scalars(select(Arrival).where(Arrival.state.in_(_UNDER_WAY))):
        row.state, row.due_at = "dropped", None
