"""What was backed up comes back as it was, also after the whole installation was lost."""

from __future__ import annotations

import os
import shutil
import threading

import pytest

from opsystem.control.audit.models import Event
from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.models import Alarm
from opsystem.control.hosting.places import place_by_vault_id
from opsystem.kit import clock
from opsystem.lifecycle.backups.drilling import drill
from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.lifecycle.backups.restoring_all import restore
from opsystem.lifecycle.backups.running import run_backup
from opsystem.lifecycle.backups.staging import forget_marks, gone_since, stage
from opsystem.lifecycle.backups.workshop import workshop
from opsystem.lifecycle.duties import do_now
from opsystem.lifecycle.inspecting import inspect
from opsystem.lifecycle.opening import close_all_vaults, open_vault, vault_in_use
from opsystem.lifecycle.witnessing import sign_and_keep
from opsystem.vault.keys import derive
from opsystem.worker.lanes import LANES
from tests.lifecycle.backups.house import CANARY, House


def test_a_lost_vault_comes_back_with_its_files_and_is_woken(house: House) -> None:
    lost, other = house.found(b"photo" * 9000, b""), house.found()
    digest, rest = house.digest(lost), house.digest(other)
    run_backup()
    with pytest.raises(BackupProblem, match="something at the place"):
        restore("latest", [lost])
    with vault_in_use(lost) as vault:
        sign_and_keep(vault, clock.now())
        house.write(lost, "After the backup")
        sign_and_keep(vault, clock.now())
    close_all_vaults()
    shutil.rmtree(house.vaults / lost)
    Alarm.objects.all().delete()
    (done,) = restore("latest", [lost])["vaults"]
    assert (done["outcome"], done["digest"], done["files"], done["files_missing"]) == (
        "restored",
        digest,
        2,
        0,
    )
    assert house.digest(other) == rest
    with open_vault(place_by_vault_id(lost)) as vault:
        for content_id in vault.files.ids():
            vault.files.verify(content_id)
    woken = {alarm.lane for alarm in Alarm.objects.filter(vault__directory=lost)}
    assert {"delivery", "assistant", "files", "lifecycle"} <= woken <= set(LANES)
    assert inspect(lost).state == "opens"
    assert Event.objects.filter(action="backup.restored", object_id=lost, result="restored").exists()
    assert not list(house.home.glob("data/.restoring-*"))


def test_only_what_changed_is_copied_and_only_what_is_new_is_kept(house: House) -> None:
    one, two = house.found(b"x" * 4_000_000), house.found(b"y" * 4_000_000)
    close_all_vaults()
    assert run_backup()["changed"] == 2
    for vault_id in (one, two):
        settle(house, vault_id)
    run_backup()
    assert run_backup()["changed"] == 0
    house.write(one, "Bob")
    figures = run_backup()
    assert figures["changed"] == 1
    assert figures["bytes_added"] < 3_000_000  # the database and the control plane, no file
    assert drill(sample=0)["equal"] == 2


def settle(house: House, vault_id: str) -> None:
    """Let a vault's last write be a while ago."""
    close_all_vaults()
    database = house.vaults / vault_id / "vault.db"
    facts = database.stat()
    os.utime(database, ns=(facts.st_atime_ns, facts.st_mtime_ns - 5 * 10**9))


def test_a_vault_that_is_written_to_all_the_time_is_backed_up_whole(house: House) -> None:
    vault_id = house.found(b"z" * 50_000)
    stop, written = threading.Event(), list[int]()

    def write() -> None:
        while not stop.is_set():
            house.write(vault_id, f"Client {len(written)}")
            house.put(vault_id, f"file {len(written)}".encode())
            written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        figures = run_backup()
    finally:
        stop.set()
        writer.join()
    assert len(written) > 3
    assert (figures["unusable"], figures["files_missing"]) == (0, 0)
    assert drill(sample=0)["outcome"] == "done"


def test_nothing_in_a_backup_shows_a_word_of_a_vault_or_a_key_of_a_slot(house: House) -> None:
    vault_id = house.found(CANARY.encode() * 100)
    run_backup()
    restore("latest", to=house.home / "thief")
    key = key_store().key_of(vault_id)
    secrets = [CANARY.encode(), key, derive(key, vault_id, "db"), derive(key, vault_id, "files")]
    secrets += [file.read_bytes() for file in (house.home / "slot").iterdir() if file.stat().st_size]
    stolen = [path for path in (house.home / "thief").rglob("*") if path.is_file()]
    assert {"vault.db", "control.sqlite3", "current"} <= {path.name for path in stolen}
    for path in stolen:
        content = path.read_bytes()
        assert not [one for one in secrets if one in content], path.name
    for path in (house.home / "repository").rglob("*"):
        assert path.is_dir() or vault_id.encode() not in path.read_bytes()


def test_a_file_removed_while_it_is_read_makes_the_vault_be_copied_again(house: House) -> None:
    vault_id = house.found(b"going", b"staying")
    shop = workshop()
    with shop.alone(lambda: True):
        staged = stage(shop, lambda: True)
        assert gone_since(staged) == []
        with vault_in_use(vault_id) as vault:
            vault.files.remove(next(vault.files.ids()))
        assert gone_since(staged) == [vault_id]
        forget_marks(shop, [vault_id])
        again = stage(shop, lambda: True)
    assert (list(again.named), again.missing, gone_since(again)) == ([vault_id], 1, [])


def test_how_it_went_is_noted_and_in_the_audit_log(house: House) -> None:
    house.found()
    assert do_now("backup", run_backup)["vaults"] == 1
    last = Event.objects.filter(action="backup.ended").latest("pk")
    assert last.result == "done"
