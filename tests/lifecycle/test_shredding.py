"""A deleted business is gone for good: keys, bytes, rows, doors. And there is proof of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import Origin
from opsystem.control.audit.models import Event
from opsystem.control.businesses.models import Business, Channel, Membership
from opsystem.control.hosting.deletions import deletion_of
from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.models import Alarm, Deletion, Vault
from opsystem.control.hosting.places import place_by_vault_id, place_of
from opsystem.control.installation import installation as told
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.lifecycle.opening import open_vault, vault_in_use
from opsystem.lifecycle.provisioning import start_business
from opsystem.lifecycle.shredding import asking, performing
from opsystem.lifecycle.shredding.duties import OLDEST_EPOCH, delete_due, end_old_epoch
from opsystem.vault.keystore.intent import last_rotated, write_rotated
from tests.control.people import new_person


def found(name: str, owner: Person) -> str:
    business = start_business(
        owner, name=name, phone="+12285550142", website="hurley.example", industry="plumbing"
    )
    return place_of(business.pk).vault_id


@pytest.fixture
def vault_id(installation: object) -> Iterator[str]:  # noqa: ARG001 - tables must be there
    """Alice's vault. What is left undone is taken back."""
    yield found("Hurley Plumbing", new_person("Alice"))
    Deletion.objects.filter(finished_at=None).delete()


def ask(vault_id: str) -> Deletion:
    owner = Membership.objects.get(business__vault__directory=vault_id).person
    return asking.ask(vault_id, typed="Hurley", expected="Hurley", person=owner, origin=Origin())


def make_due(vault_id: str) -> None:
    Deletion.objects.filter(vault_id=vault_id).update(due_at=clock.now())


def test_a_deletion_waits_72_hours_and_can_be_taken_back(vault_id: str) -> None:
    asked = ask(vault_id)
    assert asked.due_at - asked.asked_at == timedelta(hours=72)
    assert performing.delete_what_is_due(asked.due_at - timedelta(seconds=1)) == []
    with vault_in_use(vault_id) as vault:
        vault.check()
    asking.take_back(vault_id, person=None, origin=Origin())
    assert deletion_of(vault_id) is None
    assert performing.delete_what_is_due(asked.due_at + timedelta(days=1)) == []


def test_only_the_right_words_ask_and_asking_twice_is_refused(vault_id: str) -> None:
    with pytest.raises(Invalid):
        asking.ask(vault_id, typed="hurley", expected="Hurley", person=None, origin=Origin())
    ask(vault_id)
    with pytest.raises(Conflict):
        ask(vault_id)
    make_due(vault_id)
    with pytest.raises(Conflict):
        asking.take_back(vault_id, person=None, origin=Origin())


def test_a_deleted_vault_is_gone_from_doors_disk_and_control_plane(vault_id: str) -> None:
    other = found("Gulf Electric", new_person("Carl"))
    place = place_by_vault_id(vault_id)
    with vault_in_use(vault_id) as vault:
        vault.check()
    business = Business.objects.get(vault__directory=vault_id)
    Channel.objects.create(business=business, kind="sms", address="+12285550199")
    ask(vault_id)
    make_due(vault_id)
    assert [done.vault_id for done in performing.delete_what_is_due()] == [vault_id]

    assert not place.path.exists()
    for closed in (place_by_vault_id, place_of):
        with pytest.raises(NotFound):
            closed(vault_id if closed is place_by_vault_id else business.pk)  # type: ignore[arg-type]
    with pytest.raises(NotFound), vault_in_use(vault_id):
        pass
    with pytest.raises(NotFound):
        key_store().key_of(vault_id)
    with pytest.raises(Conflict):
        key_store().add(vault_id, place.key)
    assert key_store().is_shredded(vault_id)
    for table in (Vault.objects.filter(directory=vault_id), Alarm.objects.filter(vault_id=place.row_id)):
        assert not table.exists()
    assert not Business.objects.filter(pk=business.pk).exists()
    assert not Channel.objects.filter(address="+12285550199").exists()
    done = Deletion.objects.get(vault_id=vault_id)
    assert done.numbers == ["+12285550199"]
    assert done.finished_at is not None
    actions = Event.objects.filter(object_id=f"deletion {done.pk}").values_list("action", flat=True)
    assert set(actions) == {"deletion.asked", "deletion.done"}
    with vault_in_use(other) as vault:
        vault.check()


def test_no_backup_of_anything_but_the_slots_brings_a_deleted_vault_back(
    vault_id: str, tmp_path: Path
) -> None:
    kept = tmp_path / "backup"
    shutil.copytree(told().keystore_dir, kept / "keystore")
    shutil.copytree(told().vaults_dir / vault_id, kept / vault_id)
    ask(vault_id)
    make_due(vault_id)
    performing.delete_what_is_due()
    shutil.copytree(kept / vault_id, told().vaults_dir / vault_id)
    Vault.objects.create(
        business=Business.objects.create(name="A", phone="", industry=""), directory=vault_id, state="open"
    )
    with pytest.raises(NotFound):
        open_vault(place_by_vault_id(vault_id))
    shutil.rmtree(told().vaults_dir / vault_id)


def test_what_an_older_control_plane_brings_back_of_a_deleted_business_goes_again(vault_id: str) -> None:
    ask(vault_id)
    make_due(vault_id)
    performing.delete_what_is_due()
    Deletion.objects.filter(vault_id=vault_id).delete()
    business = Business.objects.create(name="Hurley Plumbing", phone="", industry="")
    Vault.objects.create(business=business, directory=vault_id, state=Vault.State.OPEN)
    (told().vaults_dir / vault_id).mkdir()
    assert delete_due(lambda: True) == {"done": 1}
    assert not Business.objects.filter(pk=business.pk).exists()
    assert not (told().vaults_dir / vault_id).exists()
    again = Deletion.objects.get(vault_id=vault_id)
    assert again.certificate is not None, "its certificate is made again from what the key store knows"


def test_a_run_that_was_cut_short_after_the_keys_is_finished_later(vault_id: str) -> None:
    ask(vault_id)
    make_due(vault_id)
    blocked = told().vaults_dir / vault_id / "Not A Name"
    blocked.touch()
    with pytest.raises(Invalid):
        performing.delete_what_is_due()
    assert key_store().is_shredded(vault_id)
    blocked.unlink()
    epoch = key_store().epoch
    assert [done.vault_id for done in performing.delete_what_is_due()] == [vault_id]
    assert key_store().epoch == epoch


def test_more_deletions_at_once_than_make_sense_are_not_done(vault_id: str) -> None:
    now = clock.now()
    for n in range(10):
        Deletion.objects.create(
            business_id=n, business_number=n, vault_id=f"nobody-{n}", asked_at=now, due_at=now
        )
    ask(vault_id)
    make_due(vault_id)
    with pytest.raises(Conflict, match="11 deletions"):
        performing.delete_what_is_due()
    assert key_store().key_of(vault_id)


def test_an_old_epoch_ends_by_itself(vault_id: str) -> None:  # noqa: ARG001 - there must be one
    epoch = end_old_epoch(lambda: True)["epoch"]
    assert end_old_epoch(lambda: True)["epoch"] == epoch
    last = last_rotated(key_store().disk)
    long_ago = (clock.now() - OLDEST_EPOCH).isoformat(timespec="seconds")
    write_rotated(key_store().disk, replace(last, finished_at=long_ago))
    assert end_old_epoch(lambda: True)["epoch"] == epoch + 1
