"""The same backups in a storage that speaks S3."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.lifecycle.backups.restoring_all import restore
from opsystem.lifecycle.backups.running import run_backup
from opsystem.lifecycle.backups.storage import expect_safe_line
from opsystem.lifecycle.backups.workshop import plan
from sandbox.testing import free_port
from tests.lifecycle.backups.house import House, backup_plan, house_in
from tests.processes import running
from tests.vendors import servers
from tests.vendors.certificates import Authority


@pytest.fixture
def s3_house(installation: object, tmp_path: Path) -> Iterator[House]:  # noqa: ARG001 - tables must be there
    """An installation whose backups go to a bucket."""
    port = free_port()
    credentials = tmp_path / "credentials"
    credentials.touch(mode=0o600)
    credentials.write_text("[default]\naws_access_key_id = tests\naws_secret_access_key = secret-of-tests\n")
    told = backup_plan(tmp_path, f"s3:http://127.0.0.1:{port}/bucket/backups", credentials)
    storage = running("-m", "moto.server", "-p", str(port), port=port, log=tmp_path / "s3.log")
    with storage, house_in(tmp_path, told) as house:
        yield house


def test_backups_in_a_bucket_are_made_and_restored(s3_house: House) -> None:
    vault_id = s3_house.found(b"photo" * 10_000)
    digest = s3_house.digest(vault_id)
    run_backup()
    shutil.rmtree(s3_house.vaults / vault_id)
    (done,) = restore("latest", [vault_id])["vaults"]
    assert (done["outcome"], done["digest"]) == ("restored", digest)


def test_a_storage_that_nobody_answers_at_is_said_at_once(house: House) -> None:
    nobody = replace(plan(), repository=f"s3:http://127.0.0.1:{free_port()}/bucket")
    with pytest.raises(BackupProblem) as raised:
        expect_safe_line(nobody)
    assert raised.value.code == "backup_unreachable"
    assert house.home.exists()


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_storage_without_tls_1_3_or_a_trusted_certificate_gets_nothing(
    house: House, newest: ssl.TLSVersion
) -> None:
    context = Authority(house.home).server(newest=newest)
    with servers.running(servers.Answer(), context=context) as server:
        port = server.server_address[1]
        with pytest.raises(BackupProblem) as raised:
            expect_safe_line(replace(plan(), repository=f"s3:https://127.0.0.1:{port}/bucket"))
        assert raised.value.code == "backup_old_tls"
        assert server.received == []
