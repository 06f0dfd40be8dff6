"""Somebody begins again from an export: everything is there, and only what belongs to a place is new."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from opsystem.business.arrivals.models import Arrival, ArrivalPart
from opsystem.business.arrivals.operations import begin_arrival, drop_arrival
from opsystem.business.clients.operations import add_client
from opsystem.business.conversations.models import Message
from opsystem.business.overview.client_lists import list_clients
from opsystem.business.profile.models import Profile
from opsystem.business.team.models import Member
from opsystem.control.businesses.directory import membership_of
from opsystem.control.businesses.models import Business
from opsystem.kit.errors import Conflict
from opsystem.lifecycle.importing import lane
from opsystem.lifecycle.importing.new_business import import_business
from opsystem.lifecycle.importing.receiving import receive_part
from opsystem.lifecycle.importing.taking_in import Bringer, take_in
from opsystem.lifecycle.seats import take_seat
from opsystem.lifecycle.witnessing import check_witnessed_journal
from opsystem.operations import Role
from opsystem.vault.archives.directory import Refused
from opsystem.vault.digest import contents_digest, digest_of
from tests.control.people import new_person
from tests.lifecycle.exporting.every_table import fill_every_table
from tests.lifecycle.exporting.filled import packed
from tests.lifecycle.importing.bringing import checked, empty_office, nothing
from tests.lifecycle.office import Office

PART = 10_000


@pytest.fixture
def carl(office: Office) -> Iterator[Office]:  # noqa: ARG001 - tables must be there
    """Carl's new business."""
    with empty_office(new_person("Carl")) as made:
        yield made


def bring(office: Office, data: bytes) -> Arrival:
    """Upload an archive and let the worker have it."""
    begun = begin_arrival.perform(office.vault, office.actor(office.alice), {"size": len(data)}).value
    for at in range(0, len(data), PART):
        assert receive_part(office.vault, begun.id, at, data[at : at + PART]) == min(at + PART, len(data))
    lane.run(office.vault, office.number, lambda: True)
    with office.vault.reading() as session:
        return session.get_one(Arrival, begun.id)


def test_everything_arrives_and_only_the_place_is_new(filled: Office, carl: Office) -> None:
    row = bring(carl, packed(filled.vault))
    assert (row.state, row.problem) == ("done", None)
    assert contents_digest(carl.vault) == contents_digest(filled.vault)
    here, there = digest_of(carl.vault), digest_of(filled.vault)
    changed = {name for name in here.by_table if here.by_table[name] != there.by_table[name]}
    assert changed == {"profile", "member", "message"}
    assert Business.objects.get(pk=carl.business.pk).name == "Hurley Plumbing"
    with carl.vault.reading() as session:
        profile = session.get_one(Profile, 1)
        assert (profile.sms_number, profile.name) == (None, "Hurley Plumbing")
        assert str(carl.number) in (profile.mail_address or "")
        assert session.scalars(select(Message)).one().state == "needs_human"
        assert session.scalars(select(ArrivalPart)).all() == []
    assert list(carl.vault.arrivals.ids()) == []
    carl.vault.check()
    told = check_witnessed_journal(carl.vault)
    assert told.problems == []
    assert told.entries == told.signed > 15  # the history as it was, and one entry on top


def test_who_brings_it_owns_it_and_nobody_else_gets_in(filled: Office, carl: Office) -> None:
    bring(carl, packed(filled.vault))
    membership = membership_of(carl.alice, carl.number)
    seat = take_seat(carl.vault, membership)
    assert (seat.actor.name, seat.actor.role) == ("Carl", Role.OWNER)
    with carl.vault.reading() as session:
        alice, carl_row = session.scalars(select(Member).order_by(Member.id))
    assert (alice.name, alice.account_id, alice.joined_at) == ("Alice", None, None)
    assert carl_row.account_id == str(carl.alice.pk)
    assert [one.name for one in list_clients.ask(carl.vault, seat.actor).rows] == ["Ana Ruiz"]


def test_the_owner_who_moves_is_who_she_was(filled: Office) -> None:
    business = import_business(io.BytesIO(packed(filled.vault)), filled.alice, nothing)
    assert membership_of(filled.alice, business.number).member_id == 1
    assert business.name == "Hurley Plumbing"


def test_what_is_refused_leaves_an_empty_business_and_says_why(filled: Office, carl: Office) -> None:
    data = bytearray(packed(filled.vault))
    data[len(data) // 2] ^= 1
    before = digest_of(carl.vault)
    row = bring(carl, bytes(data))
    assert row.state == "refused"
    assert "not taken in" in (row.problem or "")
    assert digest_of(carl.vault) == before
    assert list(carl.vault.files.ids()) == list(carl.vault.arrivals.ids()) == []
    assert bring(carl, packed(filled.vault)).state == "done"  # a right one may follow


def test_what_fails_half_way_leaves_nothing(filled: Office, carl: Office) -> None:
    fill_every_table(filled.vault)
    archive = checked(packed(filled.vault))
    before = digest_of(carl.vault, everything=True)
    for most in (1, archive.bytes // 2, archive.bytes - 10):
        left = most

        def stop(count: int) -> None:
            nonlocal left
            left -= count
            if left < 0:
                raise OSError(28, "No space left on device")

        with pytest.raises(Exception, match=r"room|space"):
            take_in(carl.vault, archive, Bringer(carl.business, carl.alice), stop)
        assert digest_of(carl.vault, everything=True) == before
        assert list(carl.vault.files.ids()) == []
    with pytest.raises(Conflict):
        add_client.perform(carl.vault, carl.actor(carl.alice), {"name": "Ida"})
        take_in(carl.vault, archive, Bringer(carl.business, carl.alice), nothing)


def test_a_business_that_has_something_is_not_overwritten(filled: Office) -> None:
    row = bring(filled, packed(filled.vault))
    assert row.state == "refused"
    assert "something in it already" in (row.problem or "")


def test_a_worker_that_dies_between_vault_and_control_plane_is_followed_up(
    filled: Office, carl: Office
) -> None:
    data = packed(filled.vault)
    begun = begin_arrival.perform(carl.vault, carl.actor(carl.alice), {"size": len(data)}).value
    take_in(
        carl.vault, checked(data), Bringer(carl.business, carl.alice), nothing, arrival_id=begun.id
    )  # and here it dies
    lane.run(carl.vault, carl.number, lambda: True)
    assert take_seat(carl.vault, membership_of(carl.alice, carl.number)).actor.name == "Carl"


def test_parts_come_in_their_order_and_may_be_sent_again(carl: Office) -> None:
    begun = begin_arrival.perform(carl.vault, carl.actor(carl.alice), {"size": 30}).value
    assert receive_part(carl.vault, begun.id, 0, b"a" * 10) == 10
    assert receive_part(carl.vault, begun.id, 0, b"a" * 10) == 10
    for at, data in ((20, b"c"), (10, b"b" * 21), (10, b"")):
        with pytest.raises(Conflict):
            receive_part(carl.vault, begun.id, at, data)
    drop_arrival.perform(carl.vault, carl.actor(carl.alice), {})
    lane.run(carl.vault, carl.number, lambda: True)
    assert list(carl.vault.arrivals.ids()) == []


def test_a_command_that_refuses_makes_no_business(office: Office) -> None:
    before = Business.objects.count()
    with pytest.raises(Refused):
        import_business(io.BytesIO(b"Name,Phone\n"), office.alice, nothing)
    assert Business.objects.count() == before
