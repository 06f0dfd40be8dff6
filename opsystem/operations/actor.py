"""Who acts: a person with a role, the assistant for that person, an API client, a client with a link,
a vendor, the system."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Self

from opsystem.operations.permissions import ROLE_PERMISSIONS, Permission, Role

# The effect of what cannot be taken back: whoever may go so far may do everything.
FARTHEST = 4


class ActorKind(StrEnum):
    """What sort of actor it is; stands in the journal."""

    PERSON = "person"
    ASSISTANT = "assistant"
    API = "api"
    CLIENT = "client"
    VENDOR = "vendor"
    SYSTEM = "system"


_OTHERS_PERMISSIONS = {
    ActorKind.CLIENT: frozenset({Permission.HUB}),
    ActorKind.VENDOR: frozenset({Permission.INBOUND}),
    # Invoices of plans and reminders go the way of everything that is written by hand.
    ActorKind.SYSTEM: frozenset(
        {
            Permission.DELIVER,
            Permission.INBOUND,
            Permission.INVOICES_WRITE,
            Permission.PAYMENTS_WRITE,
            Permission.REFUND,
            Permission.MESSAGES_SEND,
        }
    ),
}

# Who moves money for the business tells us of it, and so books it.
_PROCESSORS = {
    "stripe": frozenset({Permission.INBOUND, Permission.PAYMENTS_WRITE, Permission.REFUND}),
}


@dataclass(frozen=True)
class Actor:
    """Somebody or something that acts on one vault.

    `id` is the account's id for people and whoever stands in for them, else a name. `member_id`
    is the person's row in the vault's own team table. A `tainted` assistant has read words that
    came from outside in this turn. A program may be given less than its person has: `only` these
    permissions, and no effect beyond `reach`.
    """

    kind: ActorKind
    id: str
    name: str
    role: Role | None = None
    member_id: int | None = None
    turn_id: int | None = None
    tainted: bool = False
    only: frozenset[Permission] | None = None
    reach: int = FARTHEST
    client_id: int | None = None
    errand: bool = False

    @classmethod
    def person(cls, *, id: str, name: str, role: Role, member_id: int) -> Self:  # noqa: A002
        """Return the actor for a signed-in person."""
        return cls(ActorKind.PERSON, id, name, role, member_id)

    @classmethod
    def client(cls, *, client_id: int, name: str) -> Self:
        """Return the actor for a client of the business who came by a signed link."""
        return cls(ActorKind.CLIENT, f"client-{client_id}", name, client_id=client_id)

    @classmethod
    def visitor(cls) -> Self:
        """Return the actor for somebody at the booking page: nobody known, so nothing is shown."""
        return cls(ActorKind.CLIENT, "visitor", "Online booking")

    @classmethod
    def vendor(cls, name: str) -> Self:
        """Return the actor for an outside service that reports something."""
        return cls(ActorKind.VENDOR, name, name)

    @classmethod
    def system(cls, name: str = "OpSystem") -> Self:
        """Return the actor for the system's own routine."""
        return cls(ActorKind.SYSTEM, "system", name)

    def assistant(self, turn_id: int, *, tainted: bool = False) -> Actor:
        """Return the assistant acting for this person: the same rights, never more."""
        return replace(
            self, kind=ActorKind.ASSISTANT, name=f"Claude for {self.name}", turn_id=turn_id, tainted=tainted
        )

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What this actor may do at all."""
        if self.errand:
            return ROLE_PERMISSIONS[Role.OFFICE]
        if self.kind is ActorKind.CLIENT and self.client_id is None:
            return frozenset({Permission.BOOK})
        if self.kind is ActorKind.VENDOR and self.id in _PROCESSORS:
            return _PROCESSORS[self.id]
        if self.role is not None:
            everything = ROLE_PERMISSIONS[self.role]
            return everything if self.only is None else everything & self.only
        return _OTHERS_PERMISSIONS.get(self.kind, frozenset())

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor has a permission."""
        return permission in self.permissions

    @property
    def is_restricted(self) -> bool:
        """Whether the actor sees only rows of its own work."""
        return self.role is Role.TECHNICIAN
