"""The worker's care of a journal: signed, kept elsewhere, and what no longer leads there is noticed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from opsystem.business.clients.operations import add_client
from opsystem.business.erasure.operations import erase_client
from opsystem.business.schema import SCHEMA
from opsystem.control.witness.heads import forget_head, witnessed
from opsystem.kit import clock
from opsystem.lifecycle import upkeep
from opsystem.lifecycle.witnessing import check_witnessed_journal, sign_and_keep
from opsystem.vault import Vault
from tests.business.opening import ALICE, open_business

KEY = bytes(range(2, 34))


@pytest.fixture
def vault(tmp_path: Path, installation: Path) -> Iterator[Vault]:  # noqa: ARG001 - the tables must be there
    forget_head(ALICE.id)
    with open_business(tmp_path, "Gulf Plumbing", ALICE, KEY) as opened:
        yield opened
    forget_head(ALICE.id)


def test_the_worker_signs_and_says_when_to_come_again(vault: Vault) -> None:
    due = upkeep.run(vault, 1, lambda: True)
    assert due is not None
    assert due > clock.now() + timedelta(days=700)
    report = check_witnessed_journal(vault)
    assert (report.signed, report.problems) == (report.entries, [])
    assert witnessed(vault.id) == report.head


def test_heads_between_the_regular_ones_do_not_add_up(vault: Vault) -> None:
    for number in range(5):
        add_client.perform(vault, ALICE, {"name": f"Client {number}"})
        sign_and_keep(vault, clock.now())
    with vault.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM journal_head")) == 1
    assert check_witnessed_journal(vault).is_whole


def test_a_vault_that_was_put_back_is_noticed_and_its_old_head_kept(vault: Vault, tmp_path: Path) -> None:
    add_client.perform(vault, ALICE, {"name": "Ana"})
    vault.rewrite()
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / ALICE.id, copy)
    add_client.perform(vault, ALICE, {"name": "Bo"})
    sign_and_keep(vault, clock.now())
    known = witnessed(vault.id)
    with Vault(copy, ALICE.id, KEY, SCHEMA) as earlier:
        assert not check_witnessed_journal(earlier).is_whole
        for name in ("Cy", "Di", "Ed"):
            add_client.perform(earlier, ALICE, {"name": name})
        sign_and_keep(earlier, clock.now())
        assert not check_witnessed_journal(earlier).is_whole
        assert witnessed(vault.id) == known
        forget_head(vault.id)
        sign_and_keep(earlier, clock.now())
        assert check_witnessed_journal(earlier).is_whole


def test_the_worker_wipes_what_was_erased(vault: Vault) -> None:
    ana = add_client.perform(vault, ALICE, {"name": "Ana"}).value.ref
    erase_client.perform(vault, ALICE, {"client": ana, "confirmation": ana})
    upkeep.run(vault, 1, lambda: True)
    with vault.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM wiping")) == 0
    assert check_witnessed_journal(vault).is_whole
