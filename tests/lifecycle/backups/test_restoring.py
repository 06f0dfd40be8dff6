"""What a restore must not do: bring back who was deleted, send twice, keep what is too old, tell a secret."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Message
from opsystem.business.conversations.operations import send_text
from opsystem.business.erasure.operations import erase_client
from opsystem.business.nouns import SCHEMA
from opsystem.business.profile.channels import assign_addresses
from opsystem.control.hosting.deletions import close_vault
from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.places import place_by_vault_id
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.lifecycle.backups.restic import Restic
from opsystem.lifecycle.backups.restoring_all import restore
from opsystem.lifecycle.backups.running import run_backup
from opsystem.lifecycle.backups.workshop import plan, workshop
from opsystem.lifecycle.opening import close_all_vaults, open_vault, vault_in_use
from opsystem.lifecycle.shredding.rotating import rotate_epoch
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.environment import prepare
from tests.lifecycle.backups.house import House
from tests.processes import ROOT

DAY = timedelta(days=1)


def test_who_was_deleted_stays_deleted_whatever_backup_is_restored(house: House) -> None:
    gone, stays = house.found(b"gone"), house.found(b"stays")
    digest = house.digest(stays)
    before = run_backup()["backup"]
    close_vault(gone)
    close_all_vaults()
    rotate_epoch([gone])  # makes a backup of the new key store by itself
    assert key_store().is_shredded(gone)
    shutil.rmtree(house.vaults / gone)
    shutil.rmtree(house.vaults / stays)
    outcomes = {one["vault"]: one["outcome"] for one in restore(before)["vaults"]}
    assert outcomes == {gone: "deleted", stays: "restored"}
    assert not (house.vaults / gone).exists()
    assert house.digest(stays) == digest
    elsewhere = restore(before, to=house.home / "elsewhere")["vaults"]
    assert {one["vault"]: one["outcome"] for one in elsewhere} == outcomes
    assert not list((house.home / "elsewhere").rglob(gone))
    assert not (workshop().databases / f"{gone}.db").exists()


def test_what_waited_to_be_sent_goes_to_a_person_and_not_out_again(house: House) -> None:
    vault_id = house.found()
    with vault_in_use(vault_id) as vault:
        assign_addresses.perform(vault, Actor.system(), {"sms_number": "+18455550100"})
        house.call(vault_id, "Ana", "(228) 555-0142")
        send_text.perform(vault, house.actor(), {"client": "C-2", "body": "Bob comes at 9."})
    run_backup()
    close_all_vaults()
    shutil.rmtree(house.vaults / vault_id)
    (done,) = restore("latest", [vault_id])["vaults"]
    assert done["held_back"] == 1
    with open_vault(place_by_vault_id(vault_id)) as vault, vault.reading() as session:
        assert session.scalars(select(vault.schema.tables.outbox.c.state)).all() == ["needs_human"]
        (message,) = session.scalars(select(Message)).all()
        assert message.state == "needs_human"
        assert "restored from a backup" in (message.problem or "")


def test_who_was_erased_after_a_backup_is_erased_again_when_it_is_restored(house: House) -> None:
    vault_id = house.found()
    house.write(vault_id, "Ana Gone-Forever")
    before = run_backup()["backup"]
    with vault_in_use(vault_id) as vault:
        erase_client.perform(vault, house.actor(), {"client": "C-2", "confirmation": "C-2"})
    (live,) = restore(before, [], to=house.home / "elsewhere")["vaults"]
    run_backup()
    shutil.rmtree(workshop().databases)
    close_all_vaults()
    shutil.rmtree(house.vaults / vault_id)
    (lost,) = restore(before, [vault_id])["vaults"]
    for done in (live, lost):
        assert (done["outcome"], done["erasures_left"]) == ("restored", 0)
    key = key_store().key_of(vault_id)
    for vaults in (house.vaults, house.home / "elsewhere" / "vaults"):
        with Vault(vaults / vault_id, vault_id, key, SCHEMA) as vault, vault.reading() as session:
            assert session.scalars(select(Client.name)).all() == ["Ana Ruiz"]
            assert len(session.scalars(select(SCHEMA.tables.erasure.c.client_id)).all()) == 1


def test_backups_go_after_35_days_to_the_last_byte_and_the_newest_stays(house: House) -> None:
    program, now = Restic(plan(), workshop().path), clock.now()
    workshop().make()
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    dropped = [now - 34.1 * DAY, noon - 10 * DAY - timedelta(hours=3)]
    kept = [noon - 33 * DAY, noon - 10 * DAY, now - 1.9 * DAY, now - 1.8 * DAY]
    for at in dropped + kept:
        (house.home / "photo").write_bytes(os.urandom(300_000))
        when = at.strftime("%Y-%m-%d %H:%M:%S")
        program.run("backup", "--host", "opsystem", "--time", when, "--", str(house.home / "photo"))
    assert house.repository.drop_old(now) == len(dropped)
    assert [one.at for one in house.repository.backups()] == [
        at.replace(microsecond=0) for at in reversed(kept)
    ]
    packs = [path for path in (house.home / "repository" / "data").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in packs) < (len(kept) + 0.2) * 300_000
    assert house.repository.drop_old(now + 90 * DAY) == len(kept) - 1


def test_the_backup_program_is_told_no_secret(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.found()
    real, listed = shutil.which("restic"), house.home / "listed"
    (house.home / "bin").mkdir()
    watched = house.home / "bin" / "restic"
    watched.write_text(f'#!/bin/sh\nenv >> {listed}\necho "$@" >> {listed}\nexec {real} "$@"\n')
    watched.chmod(0o700)
    monkeypatch.setenv("PATH", f"{house.home / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "a token nobody may see")
    run_backup()
    told = listed.read_text()
    names = {line.partition("=")[0] for line in told.splitlines() if line[:1].isupper()}
    allowed = {
        "PATH",
        "HOME",
        "TMPDIR",
        "PWD",
        "RESTIC_CACHE_DIR",
        "RESTIC_REPOSITORY",
        "RESTIC_PASSWORD_FILE",
    }
    assert names <= allowed | {"OLDPWD", "SHLVL"}
    assert plan().password_file.read_text() not in told
    assert "a token nobody may see" not in told


def test_nothing_that_is_there_is_ever_overwritten(house: House) -> None:
    vault_id = house.found()
    run_backup()
    house.write(vault_id, "Since then")
    digest = house.digest(vault_id)
    (done,) = restore("latest")["vaults"]
    assert done["outcome"] == "restore_place_taken"
    assert house.digest(vault_id) == digest
    with pytest.raises(BackupProblem, match="something at the place"):
        restore("latest", to=house.vaults)
    with pytest.raises(BackupProblem, match="no such backup"):
        restore("0123456789ab")


def test_a_whole_installation_comes_back_on_an_empty_machine(house: House) -> None:
    vault_id = house.found(b"photo" * 1000)
    digest = house.digest(vault_id)
    run_backup()
    slot = installation().slots[0]
    key_file = house.home / "root-key"
    key_file.touch(mode=0o600)
    key_file.write_bytes(slot.root)
    environment = prepare(
        house.home / "machine",
        OPSYSTEM_KEY_FILE=str(key_file),
        OPSYSTEM_SLOT_DIRS=str(slot.directory),
        OPSYSTEM_BACKUP_REPOSITORY=plan().repository,
        OPSYSTEM_BACKUP_PASSWORD_FILE=str(plan().password_file),
    )
    done = subprocess.run(
        [sys.executable, "-m", "opsystem.config.command_line", "backup", "restore", "--json"],
        cwd=ROOT,
        env={**environment, "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["control_restored"]
    assert [(one["vault"], one["outcome"], one["digest"]) for one in told["vaults"]] == [
        (vault_id, "restored", digest)
    ]
    data: Path = house.home / "machine" / "data"
    with sqlite3.connect(data / "control.sqlite3") as rows:
        found = rows.execute("SELECT state FROM hosting_vault WHERE directory = ?", (vault_id,)).fetchall()
        noted = rows.execute("SELECT action FROM audit_event WHERE object_id = ?", (vault_id,)).fetchall()
    assert (found, noted) == ([("open",)], [("backup.restored",)])
    assert (data / "keystore" / "current").exists()
