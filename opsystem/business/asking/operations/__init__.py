"""What may be done in the talk with Claude: ask, stop, propose, decide."""

from opsystem.business.asking.operations.asking import ask, stop_turn
from opsystem.business.asking.operations.deciding import (
    approve_proposal,
    edit_proposal,
    expire_proposals,
    reject_proposal,
)
from opsystem.business.asking.operations.proposing import next_expiry, propose

__all__ = [
    "approve_proposal",
    "ask",
    "edit_proposal",
    "expire_proposals",
    "next_expiry",
    "propose",
    "reject_proposal",
    "stop_turn",
]
