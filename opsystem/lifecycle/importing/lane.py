"""The worker's part of an arrival: check all of it, take it in, let the control plane follow.

Each step may be cut short anywhere. Until the rows are in, the business is as empty as before and the check
is made anew; from then on what is left to do is done again and is the same.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from opsystem.business.arrivals.models import Arrival, ArrivalPart
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import business_numbered
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, NotFound, Problem
from opsystem.lifecycle.importing.checking import check_archive
from opsystem.lifecycle.importing.receiving import Received
from opsystem.lifecycle.importing.taking_in import Bringer, follow, take_in
from opsystem.vault import Vault
from opsystem.vault.archives.directory import Refused

Keep = Callable[[], bool]
_LOG = logging.getLogger(__name__)
_MOST_TRIES: Final = 3
_AGAIN: Final = timedelta(minutes=1)
_FORGOTTEN: Final = timedelta(hours=24)
_REPORT: Final = timedelta(milliseconds=500)


class _LetGo(Exception):
    """The worker stops, or the archive is not wanted any more."""


def run(vault: Vault, business_number: int, keep: Keep) -> datetime | None:
    """Do what is due for the archives of a vault; return when to look again."""
    _drop_forgotten(vault)
    claimed = _claim(vault)
    if claimed is not None:
        _work(vault, business_number, claimed, keep)
    _remove_parts(vault)
    with vault.reading() as session:
        due = select(Arrival.due_at).where(Arrival.due_at.is_not(None)).order_by(Arrival.due_at).limit(1)
        return session.scalar(due)


def _claim(vault: Vault) -> Arrival | None:
    """Count a try of the archive that is due and return it; one whose rows are in is never given up."""
    with vault.mechanics() as session:
        due = select(Arrival).where(Arrival.due_at <= clock.now(), Arrival.state != "receiving")
        row = session.scalar(due.order_by(Arrival.id).limit(1))
        if row is None:
            return None
        row.tries, row.due_at = row.tries + 1, clock.now() + _AGAIN
        if row.tries > _MOST_TRIES and row.state != "settling":
            row.state, row.due_at = "refused", None
            row.problem = row.problem or "It could not be taken in."
            return None
        return row


def _work(vault: Vault, business_number: int, row: Arrival, keep: Keep) -> None:
    person = Person.objects.get(pk=row.account_id)
    bringer = Bringer(business_numbered(business_number), person)
    try:
        if row.state != "settling":
            _take_in(vault, row.id, bringer, keep)
        _settle(vault, row.id, bringer)
    except _LetGo:
        _note(vault, row.id, due_at=clock.now(), tries=row.tries - 1)
    except (Refused, Conflict) as refused:
        _LOG.warning("import.refused")
        _note(vault, row.id, state="refused", due_at=None, problem=refused.message)
    except Problem as problem:
        _LOG.warning("import.not_taken_in", extra={"code": problem.code})
        _note(vault, row.id, problem=problem.message)


def _take_in(vault: Vault, number: int, bringer: Bringer, keep: Keep) -> None:
    with io.BufferedReader(Received(vault, number)) as source:
        _note(vault, number, state="checking", done=0, total=source.raw.size)
        checked = check_archive(source, vault.schema, _progress(vault, number, keep))
        _note(vault, number, state="loading", done=0, total=checked.bytes)
        # No reporting while the rows go in: that transaction is the one writer there may be.
        take_in(vault, checked, bringer, _keeping(keep), arrival_id=number)


def _settle(vault: Vault, number: int, bringer: Bringer) -> None:
    with vault.reading() as session:
        row = session.get_one(Arrival, number)
    if row.member_id is not None and row.state == "settling":
        follow(vault, bringer, row.member_id)
        _note(vault, number, state="done", due_at=None)
        _LOG.info("import.done", extra={"bytes": row.size})


def _progress(vault: Vault, number: int, keep: Keep) -> Callable[[int], None]:
    """Return what notes now and then how far it is, and stops when it is to be let go."""
    done, told = 0, clock.now()

    def progress(count: int) -> None:
        nonlocal done, told
        done += count
        if clock.now() - told >= _REPORT:
            told = clock.now()
            if not keep() or not _note(vault, number, done=done, due_at=told + _AGAIN):
                raise _LetGo

    return progress


def _keeping(keep: Keep) -> Callable[[int], None]:
    told = clock.now()

    def progress(count: int) -> None:  # noqa: ARG001
        nonlocal told
        if clock.now() - told >= _REPORT:
            told = clock.now()
            if not keep():
                raise _LetGo

    return progress


def _note(vault: Vault, number: int, **fields: object) -> bool:
    """Note something of an archive; answers whether it is still wanted."""
    with vault.mechanics() as session:
        row = session.get_one(Arrival, number)
        if row.state == "dropped":
            return False
        for name, value in fields.items():
            setattr(row, name, value)
    return True


def _drop_forgotten(vault: Vault) -> None:
    """Drop an upload nobody went on with for a day."""
    with vault.mechanics() as session:
        old = Arrival.begun_at < clock.now() - _FORGOTTEN
        for row in session.scalars(select(Arrival).where(Arrival.state == "receiving", old)):
            row.state, row.due_at = "dropped", None


def _remove_parts(vault: Vault) -> None:
    """Remove the parts of archives that are over, and what an interrupted upload left."""
    vault.arrivals.sweep_temporary(timedelta(hours=1))
    with vault.mechanics() as session:
        over = select(Arrival.id).where(Arrival.state.in_(("done", "refused", "dropped")))
        session.execute(delete(ArrivalPart).where(ArrivalPart.arrival_id.in_(over)))
        if _any_under_way(session):
            return
    for content_id in list(vault.arrivals.ids()):
        try:
            vault.arrivals.remove(content_id)
        except NotFound:
            continue  # another worker was faster


def _any_under_way(session: Session) -> bool:
    ended = ("done", "refused", "dropped")
    return session.scalar(select(Arrival.id).where(Arrival.state.not_in(ended)).limit(1)) is not None
