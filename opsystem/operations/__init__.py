"""Operations: actors, permissions, declared verbs and questions, and the one pipeline.

The shop window of this floor. There is no other way to change a vault.
"""

from opsystem.operations.actor import Actor, ActorKind
from opsystem.operations.catalogue import CATALOGUE, Catalogue, operation, query
from opsystem.operations.declaration import Declared, Done, Effect, Operation, Query
from opsystem.operations.permissions import ROLE_PERMISSIONS, Permission, Role
from opsystem.operations.pipeline import ApprovalNeeded
from opsystem.operations.records import Page, Saved
from opsystem.operations.scope import scoped, scopes, shown_to_client
from opsystem.operations.work import Work

__all__ = [
    "CATALOGUE",
    "ROLE_PERMISSIONS",
    "Actor",
    "ActorKind",
    "ApprovalNeeded",
    "Catalogue",
    "Declared",
    "Done",
    "Effect",
    "Operation",
    "Page",
    "Permission",
    "Query",
    "Role",
    "Saved",
    "Work",
    "operation",
    "query",
    "scoped",
    "scopes",
    "shown_to_client",
]
