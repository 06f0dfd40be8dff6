"""Clients that were entered twice: found with reasons, made one, and taken apart again."""

from __future__ import annotations

from opsystem.business.clients.operations import add_client, tag_clients
from opsystem.business.merging.moving import references_to_clients
from opsystem.business.merging.operations import merge_clients, tell_apart
from opsystem.business.merging.queries import find_duplicates
from opsystem.business.overview.queries import show_client
from opsystem.business.timeline.queries import show_feed
from opsystem.operations import Actor, Work
from opsystem.vault import Vault
from tests.business.digest import digest, undo
from tests.business.scene import MONDAY, client, job, rows


def test_row_14_duplicates_are_found_merged_and_after_undo_both_are_as_before(
    vault: Vault, alice: Actor
) -> None:
    place = {"street": "12 Oak Street", "city": "Hurley", "postcode": "54534"}
    maria = client(vault, alice, email="maria@example.com", **place)
    again = {"name": "Alvarez, Maria", "phone": "228 555 0142", "street": "12 oak st.", "city": "Hurley"}
    twice = add_client.perform(vault, alice, {**again, "postcode": "54534-1234"}).value.ref
    client(vault, alice, "Zoe Else", "2285550199", street="12 Oak St", city="Hurley", postcode="54534")
    moved = job(vault, alice, twice)
    tag_clients.perform(vault, alice, {"clients": [maria, twice], "tag": "VIP"})
    tag_clients.perform(vault, alice, {"clients": [twice], "tag": "Landlord"})

    [pair] = find_duplicates.ask(vault, alice).rows
    assert {pair.first.ref, pair.second.ref} == {maria, twice}
    assert pair.reasons == ["Same phone (228) 555-0142", "Nearly the same name at 12 oak st 54534"]

    before = digest(vault)
    done = merge_clients.perform(vault, alice, {"keep": maria, "gone": twice, "take": ["name"]})
    page = show_client.ask(vault, alice, {"client": maria})
    assert page.client.name == "Alvarez, Maria"
    assert [one.job.ref for one in page.open_jobs] == [moved]
    assert page.tags == ["Landlord", "VIP"]
    assert len(page.properties) == 2
    assert find_duplicates.ask(vault, alice).total == 0
    undo(vault, done.change_set_id)
    assert digest(vault) == before


def test_merging_leaves_no_row_at_the_one_that_went(vault: Vault, alice: Actor) -> None:
    maria, twice = client(vault, alice), client(vault, alice, "Maria A", "2285550143")
    job(vault, alice, twice)
    merge_clients.perform(vault, alice, {"keep": maria, "gone": twice})
    with vault.reading() as session:
        references = list(references_to_clients(Work(vault, session, alice, MONDAY)))
    assert len(references) > 10
    for table, column in references:
        position = [one.name for one in table.columns].index(column)
        assert 2 not in [row[position] for row in rows(vault, table.name)], table.name
    [person] = show_client.ask(vault, alice, {"client": maria}).persons
    assert (person.name, person.phone) == ("Maria A", "+12285550143")


def test_not_the_same_is_remembered(vault: Vault, alice: Actor) -> None:
    one, two = client(vault, alice), client(vault, alice, "Her tenant")
    assert find_duplicates.ask(vault, alice).total == 1
    tell_apart.perform(vault, alice, {"client": two, "other": one})
    assert find_duplicates.ask(vault, alice).total == 0


def test_row_15_the_feed_has_every_kind_and_is_narrowed_by_one(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    maria = client(vault, alice)
    booked = job(vault, alice, maria, goes=bob)
    told = show_feed.ask(vault, alice, {"client": maria})
    assert [one.what for one in told.rows] == ["Visit", "Job booked"]
    assert told.total == 2
    assert [one.ref for one in show_feed.ask(vault, alice, {"client": maria, "kind": "job"}).rows] == [booked]
    assert show_feed.ask(vault, bob, {"client": maria}).total == 2
