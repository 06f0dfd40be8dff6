"""Whatever breaks, it is said, nothing that was kept is lost, and the next backup is whole again."""

from __future__ import annotations

import logging
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from opsystem.control.upkeep.duties import duty
from opsystem.lifecycle.backups.caring import drop_and_check
from opsystem.lifecycle.backups.drilling import drill
from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.lifecycle.backups.restoring_all import restore
from opsystem.lifecycle.backups.running import run_backup
from opsystem.lifecycle.backups.workshop import plan, workshop
from opsystem.lifecycle.duties import do_now
from opsystem.lifecycle.opening import close_all_vaults
from tests.faults.disks import SmallDisk, may_mount, small_disk
from tests.lifecycle.backups.house import House, backup_plan, house_in

KILLS = 5


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(BackupProblem) as raised:
        act()
    return raised.value.code


def locked_by(house: House) -> subprocess.Popen[bytes]:
    """Return somebody else's restic that has the whole repository for itself, stopped in the midst of it."""
    files = {
        "RESTIC_REPOSITORY": str(house.home / "repository"),
        "RESTIC_PASSWORD_FILE": str(plan().password_file),
    }
    process = subprocess.Popen(
        [shutil.which("restic") or "restic", "check", "--no-cache"],
        env={**os.environ, **files},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    locks = house.home / "repository" / "locks"
    # While it is written, a lock has a longer name.
    while not any(len(path.name) == 64 for path in locks.iterdir()):
        assert process.poll() is None
        time.sleep(0.002)
    process.send_signal(signal.SIGSTOP)
    return process


def test_a_wrong_password_and_a_missing_repository_are_named_and_nothing_new_is_begun(house: House) -> None:
    house.found()
    assert do_now("backup", run_backup)["vaults"] == 1
    password = plan().password_file
    right = password.read_text()
    password.write_text("wrong")
    assert code_of(run_backup) == "backup_wrong_password"
    password.write_text(right)
    (house.home / "repository").rename(house.home / "unmounted")
    assert code_of(run_backup) == "backup_no_repository"
    assert not (house.home / "repository").exists()
    (house.home / "unmounted").rename(house.home / "repository")
    assert drill()["equal"] == 1


def test_a_failure_is_an_error_in_the_log_and_the_last_good_one_stays_known(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.found()
    do_now("backup", run_backup)
    shutil.rmtree(house.home / "repository")
    with caplog.at_level(logging.ERROR):
        assert code_of(lambda: do_now("backup", run_backup)) == "backup_no_repository"
    failures = [one.__dict__["code"] for one in caplog.records if one.msg == "duty.failed"]
    assert failures == ["backup_no_repository"]
    last = duty("backup")
    assert last is not None
    assert last.good_at is not None
    assert last.outcome == "backup_no_repository"


def test_a_lock_of_the_living_is_kept_and_one_of_the_dead_removed(house: House) -> None:
    house.found()
    run_backup()
    holder = locked_by(house)
    try:
        assert code_of(run_backup) == "backup_locked"
    finally:
        holder.kill()
        holder.wait()
    run_backup()
    assert drop_and_check() == 0


def test_a_damaged_repository_is_found_by_the_drill(house: House) -> None:
    house.found(os.urandom(200_000))
    run_backup()
    for pack in (house.home / "repository" / "data").rglob("*"):
        if pack.is_file() and pack.stat().st_size > 100_000:
            content = bytearray(pack.read_bytes())
            content[50_000] ^= 1
            pack.chmod(0o600)
            pack.write_bytes(content)
    outcome = "raised"
    try:
        outcome = drill()["outcome"]
    except BackupProblem as problem:
        assert problem.code in {"backup_damaged", "backup_failed"}
    assert outcome in {"raised", "drill_failed"}


def test_a_damaged_vault_is_an_error_and_its_last_good_copy_stays(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = house.found(), house.found()
    digest = house.digest(bad)
    run_backup()
    database = house.vaults / bad / "vault.db"
    database.write_bytes(b"\0" * 5000)
    assert run_backup()["unusable"] == 1
    assert [one.__dict__["vault"] for one in caplog.records if one.msg == "backup.vault_unusable"] == [bad]
    shutil.rmtree(house.vaults / bad)
    house.write(good, "Bob")
    assert run_backup()["unusable"] == 1
    (done,) = restore("latest", [bad])["vaults"]
    assert done["digest"] == digest


def killed_after(act: Callable[[], object], seconds: float) -> bool:
    """Do something in a process that is killed after a while; say whether it was done before that."""
    close_all_vaults()
    connections.close_all()
    child = os.fork()
    if not child:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_killed_at_any_moment_backups_and_restores_are_whole_or_not_there(house: House) -> None:
    chance = random.Random(19)
    vault_id = house.found(os.urandom(100_000))
    run_backup()
    done = 0
    for number in range(KILLS):
        house.write(vault_id, f"Client {number}")
        done += killed_after(run_backup, 0.7 * (number + chance.random()) / KILLS)
    assert done < KILLS
    digest = house.digest(vault_id)
    run_backup()
    assert drill(sample=0)["outcome"] == "done"
    shutil.rmtree(house.vaults / vault_id)
    for number in range(KILLS):
        killed_after(lambda: restore("latest", [vault_id]), 0.5 * (number + chance.random()) / KILLS)
        if (house.vaults / vault_id).exists():
            assert house.digest(vault_id) == digest
            shutil.rmtree(house.vaults / vault_id)
    (restored,) = restore("latest", [vault_id])["vaults"]
    assert (restored["digest"], restored["files_missing"]) == (digest, 0)
    assert not list(house.home.glob("data/.restoring-*"))


@pytest.fixture
def disk(installation: object, pattern: Path, tmp_path: Path) -> Iterator[SmallDisk | None]:  # noqa: ARG001 - tables
    """A disk of 12 MB; None without the right to mount one."""
    shutil.copytree(pattern, tmp_path, dirs_exist_ok=True)
    if not may_mount():
        yield None
        return
    with small_disk(tmp_path / "disk", "12m") as disk:
        yield disk


def test_a_full_backup_disk_is_said_and_the_next_backup_is_whole(
    disk: SmallDisk | None, tmp_path: Path
) -> None:
    if disk is None:
        return
    repository = shutil.move(tmp_path / "repository", disk.path / "repository")
    with house_in(tmp_path, backup_plan(tmp_path, str(repository))) as house:
        vault_id = house.found()
        run_backup()
        house.put(vault_id, os.urandom(3_000_000))
        disk.fill(left=1_000_000)
        assert code_of(run_backup) == "backup_no_room"
        disk.empty()
        run_backup()
        assert drill()["outcome"] == "done"


def test_a_full_data_disk_keeps_the_last_copies(disk: SmallDisk | None, tmp_path: Path) -> None:
    if disk is None:
        return
    with house_in(disk.path, backup_plan(tmp_path)) as house:
        vault_id = house.found()
        run_backup()
        house.write(vault_id, "Bob")
        close_all_vaults()
        disk.fill(left=150_000)
        assert code_of(run_backup) == "backup_no_room"
        assert (workshop().databases / f"{vault_id}.db").exists()
        disk.empty()
        assert run_backup()["unusable"] == 0
        assert drill()["outcome"] == "done"
