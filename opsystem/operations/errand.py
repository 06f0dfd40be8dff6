"""An errand: one of the business's own operations, performed for a client of the business.

A client's own operation looks first, with the client's eyes, whether the record is the client's and may be
touched; then it sends the business's operation on its way. That one sees every row, as it must to know who
is free, and writes in the client's name. What it sees is never handed to the client whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from opsystem.operations.actor import ActorKind
from opsystem.operations.declaration import Declared
from opsystem.operations.work import Work

T = TypeVar("T")


@contextmanager
def office(work: Work) -> Iterator[Work]:
    """Give the desk of the office in the same transaction, with the client still as the author.

    Raises ValueError for anybody who is not a client: everybody else has rights of his own.
    """
    if work.actor.kind is not ActorKind.CLIENT:
        raise ValueError("errands are a client's")
    work.session.flush()
    with Session(
        work.session.connection(), expire_on_commit=False, join_transaction_mode="rollback_only"
    ) as session:
        desk = replace(work, session=session, actor=replace(work.actor, errand=True))
        yield desk
        session.flush()
    # What the client's session knows may have been changed under it.
    work.session.expire_all()


def run_errand(work: Work, declared: Declared[T], **given: Any) -> T:
    """Perform an operation, or ask a query, of the business for a client: every check but whose row it is."""
    with office(work) as desk:
        return desk.do(declared, **given)
