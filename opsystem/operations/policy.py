"""Approval policy: what the assistant may do at once, and what a person decides first.

The model's own words never count here: only what the operation reaches, and whether the turn
has read words from outside.
"""

from __future__ import annotations

from enum import Enum

from opsystem.operations.actor import Actor, ActorKind

_COMMITS = 2
_LEAVES = 3


class Decision(Enum):
    """Run it, or ask a person first."""

    RUN = "run"
    ASK = "ask"


def decide(actor: Actor, effect: int) -> Decision:
    """Return whether an actor may do something of this effect without a person's approval.

    Only the assistant is ever asked about: whatever leaves the building or is final always,
    what commits the business when the turn has read words from outside.
    """
    if actor.kind is not ActorKind.ASSISTANT:
        return Decision.RUN
    if effect >= _LEAVES or (effect >= _COMMITS and actor.tainted):
        return Decision.ASK
    return Decision.RUN
