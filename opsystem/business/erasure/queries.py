"""What may be asked before a client is erased."""

from __future__ import annotations

from opsystem.business.clients.models import Client
from opsystem.business.erasure.finding import counted, everything_about, refuse_while_busy
from opsystem.business.erasure.records import ErasurePlan
from opsystem.business.references import ClientRef, number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Permission, Work, query


@query(permission=Permission.ERASE, label="Show what erasing removes", assistant=False)
def show_erasure(work: Work, *, client: ClientRef) -> ErasurePlan:
    """Count everything that would go if this client were erased, and say what is in the way now."""
    row = work.get(Client, number_of(client), "client")
    everything = everything_about(work, row)
    try:
        refuse_while_busy(work, everything)
        obstacle = None
    except Conflict as conflict:
        obstacle = conflict.message
    return ErasurePlan(row.ref, row.id, row.name, counted(work, everything), obstacle)
