"""People come, change their role and leave: the vault and the door of the house agree, whatever happens."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from opsystem.business.team.queries import list_team
from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import Origin
from opsystem.control.audit.models import Event
from opsystem.control.businesses.directory import membership_of
from opsystem.control.businesses.models import Invitation
from opsystem.kit.errors import Conflict, Forbidden, NotFound
from opsystem.lifecycle import people
from opsystem.lifecycle.people_letters import open_invitations
from tests.control.people import new_person
from tests.lifecycle.office import Office
from tests.web.accounts.mailbox import Mailbox

_LINK = re.compile(r"/invitations/(\S+)")


@pytest.fixture
def mailbox(sandbox_url: str) -> Mailbox:
    return Mailbox(sandbox_url)


def invite_bob(office: Office, bob: Person, **changes: str) -> str:
    """Invite Bob as a technician; answers his reference."""
    given = {"name": "Bob Tran", "email": bob.email, "role": "technician", **changes}
    invited = people.invite(office.desk(), **given)
    assert invited.letter_sent
    return invited.done.value.ref


def token(mailbox: Mailbox, person: Person) -> str:
    """Return the token in the newest letter to a person."""
    found = _LINK.search(mailbox.newest(person.email)["text"])
    assert found
    return found[1]


def team(office: Office) -> dict[str, tuple[str, bool]]:
    """Return role and having joined by name, as the vault has them."""
    rows = list_team.ask(office.vault, office.actor(office.alice))
    return {row.name: (row.role.value, row.joined_at is not None) for row in rows}


def test_bob_is_invited_by_letter_and_lands_in_the_business(office: Office, mailbox: Mailbox) -> None:
    bob = new_person("Bob")
    invite_bob(office, bob)
    letter = mailbox.newest(bob.email)
    assert letter["subject"] == "Alice invites you to Hurley Plumbing"
    assert "as technician" in letter["text"]
    assert team(office)["Bob Tran"] == ("technician", False)
    people.accept(token(mailbox, bob), bob, origin=Origin())
    assert team(office)["Bob Tran"] == ("technician", True)
    assert office.actor(bob).member_id == 2
    assert list_team.ask(office.vault, office.actor(office.alice))[1].account_id == str(bob.pk)


def test_asked_twice_one_letter_leaves(office: Office, mailbox: Mailbox) -> None:
    bob = new_person("Bob")
    for _ in range(2):
        given = {"name": "Bob", "email": bob.email, "role": "technician"}
        people.invite(office.desk(), request_id="invite-1", **given)
    assert len(mailbox.mails(bob.email)) == 1
    assert len(team(office)) == 2


def test_only_the_newest_letter_opens(office: Office, mailbox: Mailbox) -> None:
    bob = new_person("Bob")
    ref = invite_bob(office, bob)
    first = token(mailbox, bob)
    assert people.invite_again(office.desk(), member=ref)
    with pytest.raises(NotFound, match="no longer open"):
        people.accept(first, bob, origin=Origin())
    people.accept(token(mailbox, bob), bob, origin=Origin())
    with pytest.raises(Conflict, match="joined already"):
        people.invite_again(office.desk(), member=ref)


def test_an_invitation_taken_back_opens_nothing(office: Office, mailbox: Mailbox) -> None:
    bob = new_person("Bob")
    people.withdraw_invitation(office.desk(), member=invite_bob(office, bob))
    with pytest.raises(NotFound, match="no longer open"):
        people.accept(token(mailbox, bob), bob, origin=Origin())
    assert team(office)["Bob Tran"] == ("technician", False)
    assert open_invitations(office.business) == {}


def test_carl_cannot_use_bobs_letter_and_bob_still_can(office: Office, mailbox: Mailbox) -> None:
    bob, carl = new_person("Bob"), new_person("Carl")
    invite_bob(office, bob)
    with pytest.raises(Forbidden, match="another email address"):
        people.accept(token(mailbox, bob), carl, origin=Origin())
    assert team(office)["Bob Tran"] == ("technician", False)
    people.accept(token(mailbox, bob), bob, origin=Origin())


def test_what_the_vault_refuses_leaves_the_invitation_open(office: Office, mailbox: Mailbox) -> None:
    bob = new_person("Bob")
    ref = invite_bob(office, bob)
    people.remove(office.desk(), member=ref)
    Invitation.objects.filter(business=office.business).update(revoked_at=None)
    with pytest.raises(Conflict, match="no longer on the team"):
        people.accept(token(mailbox, bob), bob, origin=Origin())
    with pytest.raises(NotFound):
        membership_of(bob, office.number)
    assert Invitation.objects.get(business=office.business).accepted_at is None


def test_an_invitation_whose_crash_left_the_vault_ahead_is_finished_by_accepting_again(
    office: Office, mailbox: Mailbox
) -> None:
    bob = new_person("Bob")
    invite_bob(office, bob)
    people.accept(token(mailbox, bob), bob, origin=Origin())
    # As after a crash between both commits: the vault knows Bob, the control plane does not yet.
    office.business.memberships.filter(person=bob).delete()
    Invitation.objects.filter(business=office.business).update(accepted_at=None, accepted_by=None)
    people.accept(token(mailbox, bob), bob, origin=Origin())
    assert office.actor(bob).member_id == 2


def test_a_new_role_counts_at_the_door_and_in_the_vault(office: Office) -> None:
    bob = office.hire("Bob", "technician")
    people.give_role(office.desk(), member="U-2", role="office")
    assert team(office)["Bob"] == ("office", True)
    assert office.actor(bob).role == "office"


def test_a_role_the_vault_refuses_changes_nothing(office: Office) -> None:
    bob, dana = office.hire("Bob", "technician"), office.hire("Dana", "admin")
    with pytest.raises(Forbidden, match="own role"):
        people.give_role(office.desk(), member="U-1", role="readonly")
    with pytest.raises(Forbidden, match="owner's role"):
        people.give_role(office.desk(dana), member="U-2", role="owner")
    with pytest.raises(Forbidden, match="role does not allow"):
        people.give_role(office.desk(bob), member="U-3", role="readonly")
    assert [office.actor(one).role for one in (office.alice, bob, dana)] == ["owner", "technician", "admin"]
    assert team(office) == {"Alice": ("owner", True), "Bob": ("technician", True), "Dana": ("admin", True)}


def test_whoever_is_removed_is_out_of_both(office: Office) -> None:
    bob = office.hire("Bob", "technician")
    people.remove(office.desk(), member="U-2")
    assert "Bob" not in team(office)
    with pytest.raises(NotFound):
        membership_of(bob, office.number)


def test_a_removal_that_the_vault_refuses_leaves_the_door_open(office: Office) -> None:
    dana = office.hire("Dana", "admin")
    with pytest.raises(Forbidden, match="owner's role"):
        people.remove(office.desk(dana), member="U-1")
    assert office.actor(office.alice).role == "owner"


def test_nobody_removes_oneself(office: Office) -> None:
    office.hire("Olga", "owner")
    with pytest.raises(Forbidden, match="cannot remove yourself"):
        people.remove(office.desk(), member="U-1")
    assert office.actor(office.alice).role == "owner"


def test_a_removal_cut_short_is_finished_by_doing_it_again(office: Office) -> None:
    bob = office.hire("Bob", "technician")
    # As after a crash between both commits: the door is closed, the records do not say so yet.
    office.business.memberships.filter(person=bob).delete()
    people.remove(office.desk(), member="U-2")
    assert "Bob" not in team(office)


def test_rights_are_gone_before_the_records_say_so(office: Office) -> None:
    """When the power goes as the vault is about to commit, the person is out all the same."""
    bob = office.hire("Bob", "technician")
    full = office.desk()
    with full.vault.mechanics() as session:
        # The vault cannot keep its change: its journal refuses every row from now on.
        session.execute(
            text("CREATE TRIGGER plug BEFORE INSERT ON change BEGIN SELECT RAISE(ABORT, 'cut'); END")
        )
    with pytest.raises(DatabaseError):
        people.remove(full, member="U-2")
    assert "Bob" in team(office)
    with pytest.raises(NotFound):
        membership_of(bob, office.number)
    with full.vault.mechanics() as session:
        session.execute(text("DROP TRIGGER plug"))
    people.remove(full, member="U-2")
    assert "Bob" not in team(office)


def test_changes_of_rights_stand_in_the_audit_log(office: Office) -> None:
    office.hire("Bob", "technician")
    people.give_role(office.desk(), member="U-2", role="office")
    people.remove(office.desk(), member="U-2")
    noted = Event.objects.filter(business_id=office.business.pk).order_by("pk")
    assert [one.action for one in noted][-2:] == ["member.role_changed", "member.removed"]


def test_a_technician_invites_nobody(office: Office) -> None:
    bob = office.hire("Bob", "technician")
    with pytest.raises(Forbidden):
        people.invite(office.desk(bob), name="Eve", email="eve@mail.example", role="owner")
    with pytest.raises(Forbidden):
        people.withdraw_invitation(replace(office.desk(), actor=office.actor(bob)), member="U-2")
