"""What Stripe has, asked for page by page: events of the last 30 days, and the lines of an account's balance.

https://docs.stripe.com/api/events/list and /balance_transactions/list. The nightly comparison reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.answers import id_of, moment, told
from opsystem.vendors.stripe.briefs import BalanceLine, EventBrief
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.events import brief_of
from opsystem.vendors.stripe.refusals import VENDOR

T = TypeVar("T")
_PAGED = dict.fromkeys(("created[gte]", "limit", "starting_after"), Category.TECHNICAL)
EVENTS = Call(VENDOR, "events", "look for events that came in unheard", _PAGED)
LINES = Call(VENDOR, "balance_lines", "compare the books with Stripe", _PAGED)
_PAGE, _MOST_PAGES = 100, 200


def events_since(
    config: StripeConfig, account: str, since: datetime, *, ledger: Ledger, ref: str, initiator: str
) -> list[EventBrief]:
    """Return the events of an account at or after `since` (aware), the oldest first."""

    def page(params: dict[str, Any]) -> Any:
        with calling(config, Passage(EVENTS, ledger, ref, initiator), account) as stripe:
            return stripe.v1.events.list(params)  # type: ignore[arg-type]

    return [brief for one in _all(page, since) if (brief := brief_of(one)) is not None]


def lines_since(
    config: StripeConfig, account: str, since: datetime, *, ledger: Ledger, ref: str, initiator: str
) -> list[BalanceLine]:
    """Return the lines of an account's balance at or after `since` (aware), the oldest first."""

    def page(params: dict[str, Any]) -> Any:
        with calling(config, Passage(LINES, ledger, ref, initiator), account) as stripe:
            return stripe.v1.balance_transactions.list(params)  # type: ignore[arg-type]

    return [
        BalanceLine(
            told(one["id"]),
            told(one["type"]),
            int(one["amount"]),
            int(one["fee"]),
            id_of(one.get("source")),
            moment(one["created"]),
        )
        for one in _all(page, since)
    ]


def _all(page: Callable[[dict[str, Any]], Any], since: datetime) -> list[dict[str, Any]]:
    """Read pages until there are no more. Each is a call of its own, with its own row in the ledger."""
    found: list[dict[str, Any]] = []
    params: dict[str, Any] = {"created": {"gte": int(since.timestamp())}, "limit": _PAGE}
    for _ in range(_MOST_PAGES):
        answer = page(params)
        found += [one.to_dict() for one in answer.data]
        if not answer.has_more or not found:
            break
        params = params | {"starting_after": told(found[-1]["id"])}
    return list(reversed(found))
