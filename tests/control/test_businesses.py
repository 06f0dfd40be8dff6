"""Businesses, who is in them, and how one is invited."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opsystem.control.businesses.directory import (
    add_channel,
    business_behind,
    channels_of,
    found_business,
    join_business,
    leave_business,
    membership_of,
    memberships_of,
    set_role,
)
from opsystem.control.businesses.invitations import (
    accept_invitation,
    invite_person,
    open_invitation,
    revoke_invitations,
)
from opsystem.control.businesses.models import Invitation
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Forbidden, NotFound
from tests.control.people import new_business, new_person

pytestmark = pytest.mark.usefixtures("control_plane")


def test_a_number_is_random_and_nobody_elses() -> None:
    alice = new_person()
    numbers = {new_business(alice).number for _ in range(20)}
    assert len(numbers) == 20
    assert min(numbers) >= 100_000
    with pytest.raises(Conflict):
        found_business(name="B", phone="", website="", industry="", founder=alice, number=numbers.pop())


def test_carl_does_not_learn_whether_alices_business_exists() -> None:
    alice, carl = new_person(), new_person("Carl")
    business = new_business(alice)
    with pytest.raises(NotFound) as foreign:
        membership_of(carl, business.number)
    with pytest.raises(NotFound) as missing:
        membership_of(carl, 99)
    assert foreign.value.as_dict() == missing.value.as_dict()


def test_one_person_is_in_several_businesses_with_a_role_in_each() -> None:
    alice, bob = new_person(), new_person("Bob")
    first, second = new_business(alice, "A"), new_business(bob, "B")
    join_business(first, bob, role="technician", member_id=2)
    assert [(one.business, one.role) for one in memberships_of(bob)] == [
        (first, "technician"),
        (second, "owner"),
    ]
    with pytest.raises(Conflict):
        join_business(first, bob, role="office", member_id=3)
    set_role(first, member_id=2, role="office")
    assert membership_of(bob, first.number).role == "office"


def test_who_left_is_out_and_may_come_back() -> None:
    alice, bob = new_person(), new_person("Bob")
    business = new_business(alice)
    join_business(business, bob, role="technician", member_id=2)
    leave_business(business, bob, removed_by=alice)
    with pytest.raises(NotFound):
        membership_of(bob, business.number)
    with pytest.raises(NotFound):
        leave_business(business, bob, removed_by=alice)
    join_business(business, bob, role="office", member_id=2)
    assert membership_of(bob, business.number).role == "office"


def test_an_address_leads_to_one_business_only() -> None:
    alice, carl = new_person(), new_person("Carl")
    mine, other = new_business(alice), new_business(carl)
    address = f"office-{mine.number}@mail.example"
    add_channel(mine, "email", address.upper())
    add_channel(mine, "email", address)
    assert channels_of(mine, "email") == [address]
    assert business_behind("email", address.title()) == mine
    assert business_behind("sms", address) is None
    with pytest.raises(Conflict):
        add_channel(other, "email", address)


def test_an_invitation_serves_once_and_only_its_address() -> None:
    alice, bob, carl = new_person(), new_person("Bob"), new_person("Carl")
    business = new_business(alice)
    invitation, token = invite_person(
        business, email=bob.email.upper(), name="Bob", role="technician", member_id=2, invited_by=alice
    )
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())
    with pytest.raises(Forbidden):
        accept_invitation(token, carl)
    membership = accept_invitation(token, bob)
    assert (membership.role, membership.member_id) == ("technician", 2)
    with pytest.raises(NotFound):
        accept_invitation(token, bob)


def test_unknown_used_revoked_and_expired_invitations_are_told_alike() -> None:
    alice = new_person()
    business = new_business(alice)

    def invite(member_id: int) -> str:
        return invite_person(
            business, email="bob@mail.example", name="", role="office", member_id=member_id, invited_by=alice
        )[1]

    revoked, expired, replaced = invite(2), invite(3), invite(4)
    invite(4)
    revoke_invitations(business, member_id=2)
    Invitation.objects.filter(business=business, member_id=3).update(
        expires_at=clock.now() - timedelta(seconds=1)
    )
    words = set()
    for token in (revoked, expired, replaced, "unknown"):
        with pytest.raises(NotFound) as refused:
            open_invitation(token)
        words.add(refused.value.message)
    assert len(words) == 1


def test_an_invitation_stays_open_when_joining_fails() -> None:
    alice, bob = new_person(), new_person("Bob")
    business = new_business(alice)
    join_business(business, bob, role="office", member_id=2)
    _, token = invite_person(business, email=bob.email, name="", role="owner", member_id=3, invited_by=alice)
    with pytest.raises(Conflict):
        accept_invitation(token, bob)
    assert open_invitation(token).accepted_at is None
