"""The key store gives each vault its key, sees what others do, and refuses old and damaged copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from opsystem.kit.errors import Conflict, NotFound
from opsystem.vault.keys import KeyUnusable, new_key
from opsystem.vault.keystore import KeyStore, SealedSlot, vault_hash
from opsystem.vault.keystore.generation import Generation
from opsystem.vault.keystore.intent import declare_destroyed, proof_of
from opsystem.vault.keystore.problems import KeyStoreMissing, KeyStoreTooOld, RotationHeld
from opsystem.vault.keystore.record import RECORD_BYTES
from opsystem.vault.keystore.rotation import rotate


class Home:
    """A key store and its slots in a folder; `open` is what a process does that starts."""

    def __init__(self, folder: Path, slots: int = 1) -> None:
        self.folder, self.root, self.slots = folder, new_key(), slots

    @property
    def store_folder(self) -> Path:
        return self.folder / "store"

    def open(self, store: str = "store") -> KeyStore:
        numbers = range(1, self.slots + 1)
        slots = [SealedSlot(self.folder / f"slot-{n}", self.root, name=str(n)) for n in numbers]
        return KeyStore(self.folder / store, slots)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_new_store_is_empty_and_made_with_its_first_vault(home: Home) -> None:
    store = home.open()
    assert (store.generation, store.epoch, store.vault_ids(), store.tombstones()) == (0, 0, [], {})
    with pytest.raises(NotFound):
        store.key_of("alice")
    key = store.add("alice")
    assert (store.generation, store.epoch, store.vault_ids()) == (1, 1, ["alice"])
    assert home.open().key_of("alice") == key
    with pytest.raises(Conflict):
        store.add("alice")


def test_a_running_process_sees_what_another_one_does(home: Home) -> None:
    one, other = home.open(), home.open()
    keys = one.add_many(["alice", "bob"])
    assert other.key_of("alice") == keys["alice"]
    carl = other.add("carl")
    assert one.key_of("carl") == carl
    rotate(other, ["bob"])
    assert one.key_of("alice") == keys["alice"]
    assert (one.generation, one.epoch) == (2, 2)
    assert one.is_shredded("bob")
    assert list(one.tombstones()) == [vault_hash("bob")]
    with pytest.raises(NotFound):
        one.key_of("bob")
    with pytest.raises(Conflict):
        one.add("bob", keys["bob"])


def test_the_files_hold_no_key_and_a_copy_of_them_with_the_slots_is_all_there_is(home: Home) -> None:
    store = home.open()
    keys = store.add_many(["alice", "bob"])
    rotate(store)
    keys["carl"] = store.add("carl")
    copy = home.folder / "copy"
    copy.mkdir(mode=0o700)
    for file in store.files():
        content = file.read_bytes()
        assert not any(key in content or key.hex().encode() in content for key in keys.values())
        shutil.copyfile(file, copy / file.name)
    assert {name: home.open("copy").key_of(name) for name in keys} == keys


def test_an_old_copy_of_the_key_store_is_refused_by_name(home: Home) -> None:
    store = home.open()
    store.add_many(["alice", "bob"])
    shutil.copytree(home.store_folder, home.folder / "old")
    rotate(store, ["bob"])
    with pytest.raises(KeyStoreTooOld, match="epoch 1"):
        home.open("old").key_of("alice")
    with pytest.raises(KeyStoreTooOld):
        home.open("old").add("carl")


def test_a_copy_made_within_a_rotation_just_before_the_switch_is_good_afterwards(home: Home) -> None:
    store = home.open()
    keys = store.add_many(["alice", "bob"])
    rotate(store, ["bob"], keep=lambda: shutil.copytree(home.store_folder, home.folder / "kept"))
    kept = home.open("kept")
    assert kept.key_of("alice") == keys["alice"]
    with pytest.raises(NotFound):
        kept.key_of("bob")
    assert kept.is_shredded("bob")
    assert rotate(kept).to_epoch == 2, "the copy goes on with the rotation it was made in"


def test_a_backup_that_fails_stops_the_rotation_before_anything_is_destroyed(home: Home) -> None:
    store = home.open()
    keys = store.add_many(["alice", "bob"])

    def fails() -> None:
        raise RotationHeld("The backup failed.")

    with pytest.raises(RotationHeld):
        rotate(store, ["bob"], keep=fails)
    assert {name: home.open().key_of(name) for name in keys} == keys
    rotate(home.open(), ["bob"])
    assert home.open().vault_ids() == ["alice"]


def test_a_lost_store_or_slot_is_never_made_anew(home: Home) -> None:
    home.open().add("alice")
    (home.folder / "store").rename(home.folder / "aside")
    with pytest.raises(KeyStoreMissing):
        home.open().add("bob")
    shutil.rmtree(home.folder / "store")
    (home.folder / "aside").rename(home.folder / "store")
    shutil.rmtree(home.folder / "slot-1")
    with pytest.raises(KeyUnusable):
        home.open().key_of("alice")
    with pytest.raises(KeyUnusable):
        home.open().add("bob")
    assert home.open().slots[0].status().epochs == ()


def test_the_store_finds_its_generation_when_the_pointer_is_lost(home: Home) -> None:
    key = home.open().add("alice")
    rotate(home.open())
    (home.store_folder / "current").unlink()
    assert home.open().key_of("alice") == key


def test_what_a_crash_left_of_an_addition_is_cut_off_by_the_next(home: Home) -> None:
    store = home.open()
    keys = store.add_many(["alice"])
    additions = home.store_folder / "additions.1"
    for number, left in enumerate(
        (b"half a record", bytes(RECORD_BYTES), b"x" * 90 + bytes(RECORD_BYTES - 90))
    ):
        with additions.open("ab") as file:
            file.write(left)
        assert home.open().view().damaged == 0
        keys[f"bob-{number}"] = home.open().add(f"bob-{number}")
        assert {name: home.open().key_of(name) for name in keys} == keys
    assert additions.stat().st_size == 4 * RECORD_BYTES


def test_a_damaged_record_costs_one_vault_and_stops_rotations(home: Home) -> None:
    store = home.open()
    keys = store.add_many([f"vault-{n}" for n in range(20)])
    rotate(store)
    path = home.store_folder / "generation.2"
    content = bytearray(path.read_bytes())
    whole = Generation.read(bytes(content))
    at = content.index(whole.records) + 7 * RECORD_BYTES + 90
    content[at] ^= 1
    path.write_bytes(content)
    hurt, fine = home.open(), 0
    for name, key in keys.items():
        try:
            fine += hurt.key_of(name) == key
        except KeyUnusable:
            continue
    assert fine == 19
    with pytest.raises(RotationHeld, match="damaged"):
        rotate(home.open())


def test_a_store_that_is_damaged_while_a_rotation_is_cut_short_loses_no_vault(home: Home) -> None:
    store = home.open()
    keys = store.add_many(["alice", "bob", "carl"])

    def cut() -> None:
        raise RotationHeld("Cut short.")

    with pytest.raises(RotationHeld):
        rotate(store, ["bob"], keep=cut)
    path = home.store_folder / "additions.1"
    whole = path.read_bytes()
    path.write_bytes(whole[:90] + b"?" + whole[91:])
    with pytest.raises(RotationHeld, match="damaged"):
        rotate(home.open(), ["bob"])
    path.write_bytes(whole)
    rotate(home.open(), ["bob"])
    assert {name: home.open().key_of(name) for name in ("alice", "carl")} == {
        name: keys[name] for name in ("alice", "carl")
    }


def test_every_flipped_byte_of_a_generation_is_noticed(home: Home) -> None:
    store = home.open()
    store.add_many(["alice", "bob"])
    rotate(store, ["bob"])
    path = home.store_folder / "generation.2"
    content = path.read_bytes()
    key = store.view().epoch_key
    for at in range(len(content)):
        changed = bytearray(content)
        changed[at] ^= 0x10
        try:
            generation = Generation.read(bytes(changed))
        except KeyUnusable:
            continue
        assert not generation.is_whole(key)


def test_three_slots_serve_while_one_is_lost_and_the_proof_waits_for_it(tmp_path: Path) -> None:
    home = Home(tmp_path, slots=3)
    keys = home.open().add_many(["alice", "bob"])
    (tmp_path / "slot-2").rename(tmp_path / "lost")
    assert home.open().key_of("bob") == keys["bob"]
    # An empty slot in its place is filled by the next rotation; the lost one owes its receipt.
    done = rotate(home.open(), ["bob"])
    assert not done.is_proven
    assert len(done.owed) == 1
    assert home.open().slots[1].status().active == (2,)
    # It is found again and put back: now it can give its receipt, and the deletion is proven after all.
    shutil.rmtree(tmp_path / "slot-2")
    (tmp_path / "lost").rename(tmp_path / "slot-2")
    assert home.open().slots[1].status().active == (1,)
    later = rotate(home.open())
    assert not later.owed.keys() & done.owed.keys()
    # Now the other one is missing, and it was thrown away: the operator gives his word for it.
    (missing,) = later.owed
    assert proof_of(home.open().disk, vault_hash("bob")) is None
    with pytest.raises(NotFound):
        declare_destroyed(home.open().disk, "some other slot")
    declare_destroyed(home.open().disk, missing)
    assert rotate(home.open()).declared.keys() == {missing}
    assert proof_of(home.open().disk, vault_hash("bob")) is not None


def test_two_lost_slots_of_three_are_filled_again_from_the_one_that_lives(tmp_path: Path) -> None:
    home = Home(tmp_path, slots=3)
    keys = home.open().add_many(["alice", "bob"])
    for n in (1, 3):
        shutil.rmtree(tmp_path / f"slot-{n}")
    assert home.open().key_of("alice") == keys["alice"]
    done = rotate(home.open())
    assert len(done.owed) == 2
    shutil.rmtree(tmp_path / "slot-2")
    assert home.open().key_of("alice") == keys["alice"], "the others have the key by now"


def test_a_slot_that_does_not_open_stops_a_rotation_and_nothing_else(tmp_path: Path) -> None:
    home = Home(tmp_path, slots=3)
    keys = home.open().add_many(["alice", "bob"])
    damaged = tmp_path / "slot-2" / "slot"
    content = damaged.read_bytes()
    damaged.write_bytes(content[:-1])
    with pytest.raises(RotationHeld, match="repair this one"):
        rotate(home.open(), ["bob"])
    assert home.open().key_of("bob") == keys["bob"]
    assert home.open().add("carl") == home.open().key_of("carl")
    damaged.write_bytes(content)
    assert rotate(home.open(), ["bob"]).is_proven
    assert home.open().vault_ids() == ["alice", "carl"]


def test_one_rotation_runs_at_a_time(home: Home) -> None:
    store = home.open()
    store.add("alice")

    def meanwhile() -> None:
        with pytest.raises(RotationHeld, match="running"):
            rotate(home.open())

    assert rotate(store, keep=meanwhile).to_epoch == 2


def test_two_slots_in_one_directory_are_found_out(home: Home) -> None:
    home.open().add("alice")
    slots = [SealedSlot(home.folder / "slot-1", home.root, name=name) for name in ("1", "2")]
    with pytest.raises(RotationHeld, match="same one"):
        rotate(KeyStore(home.store_folder, slots))
