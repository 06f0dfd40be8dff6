"""What may be done with messages: by people, by the vendors that bring them, by our own delivery."""

from opsystem.business.conversations.operations.delivering import (
    note_delivery,
    set_message_state,
    whether_to_send,
)
from opsystem.business.conversations.operations.inbound import receive_email, receive_text, store_event
from opsystem.business.conversations.operations.sending import (
    attach_thread,
    mark_read,
    reply_in_thread,
    send_email,
    send_text,
    take_back_message,
)

__all__ = [
    "attach_thread",
    "mark_read",
    "note_delivery",
    "receive_email",
    "receive_text",
    "reply_in_thread",
    "send_email",
    "send_text",
    "set_message_state",
    "store_event",
    "take_back_message",
    "whether_to_send",
]
