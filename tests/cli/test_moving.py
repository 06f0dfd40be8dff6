"""An operator takes a vault out, brings it in again and compares, by command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from opsystem.business.clients.operations import add_client
from opsystem.cli.parser import run
from opsystem.control.businesses.models import Business
from tests.control.people import new_person
from tests.lifecycle.office import Office, office

__all__ = ["office"]


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """Run a command and return what it printed as JSON."""
    capsys.readouterr()
    assert run([*words, "--json"], {}) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_a_vault_goes_out_and_comes_in(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_client.perform(office.vault, office.actor(office.alice), {"name": "Ana Ruiz"})
    file, carl = tmp_path / "all.zip", new_person("Carl")
    made = told(capsys, "vault", "export", office.vault.id, str(file))
    assert made["bytes"] == file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))
    came = told(capsys, "vault", "import", str(file), "--owner", carl.email)
    assert came["name"] == "Hurley Plumbing"
    here, there = (told(capsys, "vault", "digest", one)["tables"] for one in (office.vault.id, came["vault"]))
    assert {name for name in here if here[name] != there[name]} == {"profile", "member"}


def test_what_is_wrong_is_said_and_nothing_is_made(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, file = Business.objects.count(), tmp_path / "list.csv"
    file.write_text("Name,Phone\n" * 50)
    for words, said in (
        (("vault", "import", str(file), "--owner", office.alice.email), "no export of OpSystem"),
        (("vault", "import", str(tmp_path / "none.zip"), "--owner", office.alice.email), "no such file"),
        (("vault", "import", str(file), "--owner", "nobody@example.com"), "Nobody has an account"),
        (("vault", "export", office.vault.id, str(file)), "a file of this name"),
        (("vault", "digest", "no-such-vault"), "no such vault"),
    ):
        capsys.readouterr()
        assert run(list(words), {}) == 1
        assert said in capsys.readouterr().err
    assert Business.objects.count() == before
    assert file.read_text().startswith("Name,Phone")
