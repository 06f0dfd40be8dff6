"""Equal contents give equal digests, whatever the file looks like; any other content gives another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from opsystem.vault import Vault
from opsystem.vault.digest import contents_digest, digest_of
from tests.business.digest import undo
from tests.vault.toys import BOX, THING, acting, put_box, toy_vault


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with toy_vault(tmp_path / "vault") as made:
        put_box(made, "Pipes", "blue")
        with acting(made) as (session, _):
            session.execute(insert(THING).values(box_id=1, weight=7))
        yield made


def test_the_same_said_in_another_file_is_the_same(vault: Vault, tmp_path: Path) -> None:
    with toy_vault(tmp_path / "other") as other:
        put_box(other, "Something else first")
        with acting(other) as (session, _):
            session.execute(update(BOX).values(name="Pipes", note="blue"))
            session.execute(insert(THING).values(box_id=1, weight=7))
        assert digest_of(other) == digest_of(vault)
        assert digest_of(other, everything=True).total != digest_of(vault, everything=True).total


def test_every_difference_shows_in_its_own_table(vault: Vault) -> None:
    seen = [digest_of(vault)]
    for statement in (
        update(THING).values(weight=8),
        insert(BOX).values(name="7"),
        update(BOX).where(BOX.c.id == 2).values(note=""),
        update(BOX).where(BOX.c.id == 2).values(note="None"),
        delete(BOX).where(BOX.c.id == 2),
    ):
        with acting(vault) as (session, _):
            session.execute(statement)
        seen.append(digest_of(vault))
    assert len({one.total for one in seen}) == len(seen) - 1  # the last one takes back what came second
    assert seen[-1] == seen[1]
    assert seen[0].by_table["box"] == seen[1].by_table["box"] == seen[-1].by_table["box"]


def test_undo_brings_the_digest_back_and_the_journal_is_not_in_it(vault: Vault) -> None:
    before, whole = digest_of(vault), digest_of(vault, everything=True)
    number = put_box(vault, "Valves")
    undo(vault, number)
    assert digest_of(vault) == before
    assert digest_of(vault, everything=True) != whole


def test_contents_count_by_their_bytes(vault: Vault) -> None:
    nothing = contents_digest(vault)
    vault.files.write([b"a photo"], limit=100)
    assert contents_digest(vault) != nothing
