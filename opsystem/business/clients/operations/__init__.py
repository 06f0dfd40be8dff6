"""What may be done about clients and their properties."""

from opsystem.business.clients.operations.adding import add_client, edit_client
from opsystem.business.clients.operations.places import add_property, edit_property
from opsystem.business.clients.operations.standing import (
    archive_client,
    refuse_client,
    restore_client,
    serve_client_again,
)
from opsystem.business.clients.operations.together import archive_clients, tag_clients, untag_clients

__all__ = [
    "add_client",
    "add_property",
    "archive_client",
    "archive_clients",
    "edit_client",
    "edit_property",
    "refuse_client",
    "restore_client",
    "serve_client_again",
    "tag_clients",
    "untag_clients",
]
