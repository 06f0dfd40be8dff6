"""How far a message has come. Reports join on a lattice: late, double or swapped ones never move it back.

queued -> sending -> accepted -> sent -> delivered | failed
                  -> needs_human             cancelled: taken back before it left
"""

from __future__ import annotations

from typing import Literal

Reported = Literal["accepted", "sent", "delivered", "failed"]
Delivery = Literal["queued", "sending", "accepted", "sent", "delivered", "failed", "cancelled", "needs_human"]

_HEIGHT = {"queued": 0, "sending": 1, "needs_human": 2, "accepted": 3, "sent": 4, "delivered": 5, "failed": 5}
_ENDS = frozenset({"delivered", "failed", "cancelled", "received"})
_BACK = frozenset({"sending", "needs_human"})
SETTLED = frozenset({"delivered", "failed", "cancelled", "needs_human"})


def may_follow(state: str, new: str) -> bool:
    """Tell whether a message in `state` may be said to be in `new`.

    Back to queued goes only what a vendor has said it did not take; nothing leaves an end.
    """
    if state in _ENDS or state == new:
        return False
    if new == "queued":
        return state in _BACK
    if new == "cancelled":
        return state in {"queued", "sending"}
    return _HEIGHT[new] > _HEIGHT[state]
