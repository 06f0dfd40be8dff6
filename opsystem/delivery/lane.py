"""The delivery lane of one vault: everything due in it, until nothing is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from opsystem.delivery.attempts import claim_next
from opsystem.delivery.inbound import handle_next, next_event_due
from opsystem.delivery.sending import Route, carry
from opsystem.delivery.site import Site
from opsystem.kit import clock
from opsystem.vault import Vault
from opsystem.vault import outbox as vault_outbox


def run(vault: Vault, business_number: int, site: Site, keep: Callable[[], bool]) -> datetime | None:
    """Do all that is due; return when the vault next wants this lane, None for not at all.

    `keep` is asked before each step; when it says False (the lease was lost, the process ends),
    the rest is left for whoever comes next.
    """
    while keep() and handle_next(vault, clock.now()):
        pass
    route = Route(vault, business_number, site)
    while keep():
        parcel = claim_next(vault, clock.now(), site.claim)
        if parcel is None:
            break
        carry(route, parcel, clock.now())
        while keep() and handle_next(vault, clock.now()):
            pass
    return next_due(vault)


def next_due(vault: Vault) -> datetime | None:
    """Return when this lane is next wanted.

    Read under the vault's write lock: a change that has set its alarm but is not committed yet
    is waited for, and so never overlooked.
    """
    with vault.mechanics() as session:
        sending = vault_outbox.next_due(session, vault.schema)
    times = [moment for moment in (sending, next_event_due(vault)) if moment is not None]
    return min(times, default=None)
