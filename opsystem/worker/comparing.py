"""Each night the books of every business are compared with its account at Stripe."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from opsystem.control.businesses.models import Channel
from opsystem.control.hosting.places import place_of
from opsystem.delivery.collecting.nightly import compare
from opsystem.delivery.collecting.route import route_of
from opsystem.kit.errors import Problem
from opsystem.lifecycle.opening import vault_in_use

_LOG = logging.getLogger(__name__)


def compare_all(keep: Callable[[], bool]) -> dict[str, Any]:
    """Compare the books of all businesses that are connected; return how many, and how much differs.

    One that cannot be compared now does not hold up the others.
    """
    compared = different = failed = 0
    connected = Channel.objects.filter(kind=Channel.Kind.STRIPE).select_related("business").order_by("pk")
    for channel in connected:
        if not keep():
            return {"compared": compared, "different": different, "outcome": "stopped"}
        try:
            with vault_in_use(place_of(channel.business_id).vault_id) as vault:
                different += compare(route_of(vault, channel.business.number))
        except Problem as problem:
            _LOG.warning("comparing.problem", extra={"code": problem.code})
            failed += 1
        else:
            compared += 1
    return {"compared": compared, "different": different, **({"failed": failed} if failed else {})}
