"""What may be asked about talks with Claude and about its proposals."""

from opsystem.business.asking.queries.conversations import (
    events_after,
    list_conversations,
    show_conversation,
)
from opsystem.business.asking.queries.proposals import list_proposals, show_proposal

__all__ = ["events_after", "list_conversations", "list_proposals", "show_conversation", "show_proposal"]
