"""The lanes of background work, and what each does with an open vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsystem.assistant import lane as assistant_lane
from opsystem.business.billing.due import run_billing
from opsystem.business.files.previews import make_due_previews
from opsystem.business.files.sweeping import sweep_uploads
from opsystem.control.installation import installation
from opsystem.delivery import lane as delivery_lane
from opsystem.delivery.collecting import lane as collecting_lane
from opsystem.delivery.site import Site
from opsystem.kit import clock
from opsystem.lifecycle import announcing, channels, recurring, upkeep
from opsystem.lifecycle.exporting import lane as exports_lane
from opsystem.lifecycle.importing import lane as arrivals_lane
from opsystem.vault import Vault

Keep = Callable[[], bool]
Lane = Callable[[Vault, int, Keep], datetime | None]


@dataclass(frozen=True)
class LaneRule:
    """One lane: what it does, and how many vaults it serves at once in one worker."""

    run: Lane
    at_once: int


def _deliver(vault: Vault, business_number: int, keep: Keep) -> datetime | None:
    told = installation()
    first = timedelta(seconds=told.patience.ask_seconds)
    site = Site(
        told.base_url,
        told.twilio,
        told.mailgun,
        ask_after=(first, 4 * first, 20 * first),
        claim=timedelta(seconds=told.patience.claim_seconds),
    )
    return delivery_lane.run(vault, business_number, site, keep)


def _previews(vault: Vault, business_number: int, keep: Keep) -> datetime | None:  # noqa: ARG001
    now = clock.now()
    due = [at for at in (make_due_previews(vault, now), sweep_uploads(vault, now)) if at is not None]
    return min(due, default=None)


def _bill(vault: Vault, business_number: int, keep: Keep) -> datetime | None:  # noqa: ARG001
    return run_billing(vault, clock.now())


LANES: dict[str, LaneRule] = {
    "delivery": LaneRule(_deliver, at_once=4),
    "collecting": LaneRule(collecting_lane.run, at_once=2),
    "assistant": LaneRule(assistant_lane.run, at_once=4),
    "files": LaneRule(_previews, at_once=1),
    "lifecycle": LaneRule(channels.run, at_once=1),
    "announcing": LaneRule(announcing.run, at_once=2),
    "recurring": LaneRule(recurring.run, at_once=1),
    "journal": LaneRule(upkeep.run, at_once=1),
    "billing": LaneRule(_bill, at_once=1),
    "exports": LaneRule(exports_lane.run, at_once=1),
    "arrivals": LaneRule(arrivals_lane.run, at_once=1),
}
