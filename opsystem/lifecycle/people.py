"""People coming to a business, changing their role in it and leaving: vault and control plane together.

The vault's team says who works here; the membership in the control plane opens the door. Where both change,
the door follows first and is kept first: whoever is removed is out before the records say so, and a crash in
between is mended by doing it again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from opsystem.business.references import number_of
from opsystem.business.team.operations import add_member, change_role, join_member, remove_member
from opsystem.business.team.queries import list_team
from opsystem.business.team.records import MemberRow
from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import Origin, record
from opsystem.control.businesses.directory import leave_business, set_role
from opsystem.control.businesses.invitations import accept_invitation, open_invitation, revoke_invitations
from opsystem.control.businesses.models import Business, Membership
from opsystem.control.hosting.places import place_of
from opsystem.kit.errors import Conflict, Forbidden, NotFound
from opsystem.kit.refs import make_ref
from opsystem.lifecycle.opening import vault_in_use
from opsystem.lifecycle.people_letters import just_invited, send_invitation
from opsystem.operations import Actor, Done, Operation, Permission, Role, Work
from opsystem.vault import Vault


@dataclass(frozen=True)
class Desk:
    """Who changes the team of which business: its open vault, the actor there, the person, from where."""

    business: Business
    vault: Vault
    actor: Actor
    person: Person
    origin: Origin

    def note(self, action: str, member_id: int) -> None:
        """Record a change of somebody's rights in the audit log."""
        record(
            action,
            actor_id=self.person.pk,
            business_id=self.business.pk,
            object_id=f"member {member_id}",
            origin=self.origin,
        )


@dataclass(frozen=True)
class Invited:
    """A person was put on the team; `letter_sent` says whether the invitation is on its way."""

    done: Done[MemberRow]
    letter_sent: bool


def invite(desk: Desk, *, request_id: str | None = None, **given: Any) -> Invited:
    """Put a person on the team (fields as `add_member` takes them) and mail the invitation.

    Without a letter the person is on the team all the same, and the invitation can be sent again.
    """
    done = add_member.perform(desk.vault, desk.actor, given, request_id=request_id)
    return Invited(done, just_invited(desk.business, done.value.id) or _mail(desk, done.value))


def invite_again(desk: Desk, *, member: str) -> bool:
    """Mail a new invitation; earlier ones end. Answers whether the letter is on its way.

    Raises Forbidden, NotFound, and Conflict for somebody who has joined.
    """
    return _mail(desk, _waiting(desk, member))


def withdraw_invitation(desk: Desk, *, member: str) -> None:
    """End the invitation of a person who has not joined. Raises Forbidden, NotFound and Conflict."""
    row = _waiting(desk, member)
    revoke_invitations(desk.business, member_id=row.id)
    desk.note("invitation.revoked", row.id)


def accept(token: str, person: Person, *, origin: Origin) -> Membership:
    """Join the business of an invitation: its vault knows the member, the person may enter.

    Raises NotFound for one that is not open, Forbidden for another address, Conflict for somebody already
    in. After a crash between both the invitation is still open, and accepting it again finishes.
    """
    invited = open_invitation(token)
    with vault_in_use(place_of(invited.business_id).vault_id) as vault, transaction.atomic():
        membership = accept_invitation(token, person)
        member = make_ref("member", membership.member_id)
        join_member.perform(vault, Actor.system(), {"member": member, "account_id": str(person.pk)})
        record(
            "invitation.accepted",
            actor_id=person.pk,
            business_id=membership.business_id,
            object_id=f"invitation {invited.pk}",
            origin=origin,
        )
    return membership


def give_role(desk: Desk, *, member: str, role: str, request_id: str | None = None) -> Done[MemberRow]:
    """Give a person another role, here and at the door. Nobody changes the own one."""

    def follow(row: MemberRow) -> None:
        set_role(desk.business, member_id=row.id, role=row.role.value)
        desk.note("member.role_changed", row.id)

    given = {"member": member, "role": role}
    return _with(change_role, follow).perform(desk.vault, desk.actor, given, request_id=request_id)


def remove(desk: Desk, *, member: str, request_id: str | None = None) -> Done[MemberRow]:
    """Take a person off the team: the door closes first. Raises Forbidden for oneself."""
    if number_of(member) == desk.actor.member_id:
        raise Forbidden("You cannot remove yourself. Ask another owner.", code="own_membership")

    def follow(row: MemberRow) -> None:
        revoke_invitations(desk.business, member_id=row.id)
        left = Person.objects.filter(pk=row.account_id).first() if row.account_id else None
        if left is not None and desk.business.memberships.filter(person=left, removed_at=None).exists():
            leave_business(desk.business, left, removed_by=desk.person)
        desk.note("member.removed", row.id)

    return _with(remove_member, follow).perform(
        desk.vault, desk.actor, {"member": member}, request_id=request_id
    )


def _with(inner: Operation[MemberRow], follow: Callable[[MemberRow], None]) -> Operation[MemberRow]:
    """Return an operation that also changes the control plane, once every check of the vault is passed.

    `follow` is kept before the vault's own transaction is, and not called where the vault refuses.
    """

    @functools.wraps(inner.function)
    def both(work: Work, **given: Any) -> MemberRow:
        row = inner.function(work, **given)
        with transaction.atomic():
            follow(row)
        return row

    return Operation(
        both,
        effect=inner.effect,
        permission=inner.permission,
        label=inner.label,
        assistant=inner.assistant,
        switch=inner.switch,
    )


def _mail(desk: Desk, row: MemberRow) -> bool:
    sent = send_invitation(desk.business, row, inviter=desk.person)
    desk.note("invitation.sent" if sent else "invitation.not_sent", row.id)
    return sent


def _waiting(desk: Desk, member: str) -> MemberRow:
    if not desk.actor.may(Permission.TEAM_MANAGE):
        raise Forbidden("Your role does not allow this: invite people.", code="no_permission")
    row = next((one for one in list_team.ask(desk.vault, desk.actor) if one.ref == member), None)
    if row is None:
        raise NotFound("There is no such person on the team.", code="no_member")
    if row.joined_at is not None:
        raise Conflict(f"{row.name} has joined already.", code="already_joined")
    if row.role is Role.OWNER and desk.actor.role is not Role.OWNER:
        raise Forbidden("Only an owner can invite an owner.", code="owners_only")
    return row
