"""One act on many vaults at once, in several processes; each has what it needs from before it was forked."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.db import connections

T = TypeVar("T")
# Enough that a worker seldom waits, few enough that an interrupted run has little to do again.
_AT_ONCE = 4


def on_each(act: Callable[[str], T], vault_ids: Sequence[str], *, workers: int = 0) -> Iterator[T]:
    """Yield what `act` gives for each vault, in no order, from `workers` processes (0: one a core).

    Call it from a process with one thread and no open vault. What `act` raises ends the run.
    """
    if not vault_ids:
        return
    # A connection that two processes share would mix up their answers.
    connections.close_all()
    count = min(workers or len(os.sched_getaffinity(0)), len(vault_ids))
    with multiprocessing.get_context("fork").Pool(count) as processes:
        yield from processes.imap_unordered(act, vault_ids, chunksize=_AT_ONCE)
