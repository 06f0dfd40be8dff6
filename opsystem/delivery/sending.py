"""One parcel's way out: last checks, the vendor, and what its answer means.

A clear answer settles it. Anything else is unknown, and an unknown is never sent again before
the vendor was asked. (The vendors have no idempotency keys; see docs/decisions.)
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from opsystem.business.conversations.models import Message
from opsystem.business.conversations.operations import set_message_state, whether_to_send
from opsystem.business.printing.enclosing import enclosures
from opsystem.delivery.attempts import MOST_ATTEMPTS, Parcel, known_vendor_ids, settle
from opsystem.delivery.carriers import ask, send
from opsystem.delivery.site import Site
from opsystem.kit.errors import Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.vault.disclosures import DisclosureLedger
from opsystem.vendors.errors import Certainty, GatewayError, Trouble

_LOG = logging.getLogger(__name__)
_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(hours=1)
# Waiting grows to an hour: this many tries fill a day.
_MOST_TRIES = 32
_ASKING_ENDS = timedelta(minutes=15)


@dataclass(frozen=True)
class Route:
    """The vault a parcel comes from and the installation it goes through."""

    vault: Vault
    business_number: int
    site: Site

    @property
    def ledger(self) -> DisclosureLedger:
        """The vault's disclosure ledger."""
        return DisclosureLedger(self.vault)


def carry(route: Route, parcel: Parcel, now: datetime) -> None:
    """Bring one claimed parcel a step further and write what became of it."""
    if _has_left(route, parcel):
        # A report of the vendor, or our own note before a crash, was faster than the outbox row.
        settle(route.vault, parcel, "accepted", now)
        return
    if parcel.state == "unknown":
        _clear_up(route, parcel, now)
        return
    refusal = whether_to_send.ask(route.vault, Actor.system(), {"message": _ref(parcel)})
    if refusal is not None:
        _fail(route, parcel, now, refusal)
        return
    try:
        enclosed = (
            enclosures.ask(route.vault, Actor.system(), {"message": _ref(parcel)})
            if parcel.channel == "email"
            else []
        )
        vendor_id = send(route.site, route.ledger, route.business_number, parcel, enclosed)
    except GatewayError as error:
        _LOG.warning(
            "delivery.trouble",
            extra={"vendor": error.vendor, "trouble": str(error.trouble), "certainty": str(error.certainty)},
        )
        _after_trouble(route, parcel, error, now)
    except Problem as problem:
        _fail(route, parcel, now, problem.message)
    else:
        _accept(route, parcel, vendor_id, now)


def _has_left(route: Route, parcel: Parcel) -> bool:
    with route.vault.reading() as session:
        state = session.scalar(select(Message.state).where(Message.id == parcel.message_id))
    return state in {"accepted", "sent", "delivered"}


def _accept(route: Route, parcel: Parcel, vendor_id: str, now: datetime) -> None:
    # The message first: if the outbox row is not settled any more, the vendor is asked and this is repeated.
    _tell(route, parcel, "accepted", vendor_id=vendor_id)
    settle(route.vault, parcel, "accepted", now, vendor_id=vendor_id)


def _fail(
    route: Route,
    parcel: Parcel,
    now: datetime,
    problem: str,
    state: str = "failed",
    *,
    opted_out: bool = False,
) -> None:
    _tell(route, parcel, state, problem=problem, opted_out=opted_out)
    settle(route.vault, parcel, state, now)


def _after_trouble(route: Route, parcel: Parcel, error: GatewayError, now: datetime) -> None:
    if error.certainty is Certainty.UNKNOWN:
        settle(route.vault, parcel, "unknown", now, due_at=now + route.site.ask_after[0], asked=0)
    elif error.certainty is Certainty.REFUSED and not error.retryable:
        _fail(route, parcel, now, error.message, opted_out=error.trouble is Trouble.OPTED_OUT)
    elif parcel.number > _MOST_TRIES:
        _fail(route, parcel, now, f"{error.message} It was tried for a day.", "needs_human")
    else:
        wait = min(_FIRST_WAIT * 2 ** (parcel.number - 1), _LONGEST_WAIT)
        if error.retry_after is not None:
            wait = max(wait, timedelta(seconds=error.retry_after))
        settle(route.vault, parcel, "queued", now, due_at=now + wait)


def _clear_up(route: Route, parcel: Parcel, now: datetime) -> None:
    """Ask the vendor about a parcel whose answer was lost."""
    waits = route.site.ask_after
    try:
        vendor_id = ask(route.site, route.ledger, parcel, known_vendor_ids(route.vault))
    except GatewayError as error:
        if now - parcel.intent_at > max(_ASKING_ENDS, sum(waits, timedelta())):
            _fail(route, parcel, now, f"{error.message} It may have been sent; please check.", "needs_human")
        else:
            settle(route.vault, parcel, "unknown", now, due_at=now + waits[0])
        return
    if vendor_id is not None:
        _accept(route, parcel, vendor_id, now)
        return
    asked = parcel.asked + 1
    if asked < len(waits):
        settle(route.vault, parcel, "unknown", now, due_at=now + waits[asked], asked=asked)
    elif parcel.number < MOST_ATTEMPTS:
        settle(route.vault, parcel, "queued", now, asked=asked)
    else:
        _fail(route, parcel, now, "It could not be sent; please check and send it again.", "needs_human")


def _ref(parcel: Parcel) -> str:
    return make_ref("message", parcel.message_id)


def _tell(route: Route, parcel: Parcel, state: str, **more: object) -> None:
    given = {"message": _ref(parcel), "state": state, **more}
    set_message_state.perform(route.vault, Actor.system(), given)
