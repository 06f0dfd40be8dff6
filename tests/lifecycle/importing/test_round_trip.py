"""What was exported comes back whole: every row of every table, every file, the history as it was."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from opsystem.business.files.operations import remove_file
from opsystem.kit import clock
from opsystem.lifecycle.exporting import enclosed
from opsystem.lifecycle.exporting.everything import everything
from opsystem.lifecycle.exporting.source import one_state
from opsystem.vault.archives.directory import Refused
from opsystem.vault.digest import contents_digest, digest_of
from opsystem.vault.rows import kept_tables
from tests.lifecycle.exporting.every_table import fill_every_table, rows_in
from tests.lifecycle.exporting.filled import packed
from tests.lifecycle.importing.bringing import bare_copy, checked
from tests.lifecycle.office import Office

CHECK = Path(enclosed.__file__).parent / "check.py"


@pytest.fixture
def whole(filled: Office) -> Office:
    """A business whose vault uses every table."""
    fill_every_table(filled.vault)
    with filled.vault.reading() as session:
        for table in kept_tables(filled.vault.schema):
            assert rows_in(session, table) > 0, table.name
    return filled


def data_of(archive: bytes) -> dict[str, bytes]:
    """Return every file that says nothing of when it was packed."""
    dated = ("manifest", "index", "README")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.startswith(dated)}


def test_export_import_export_is_the_same(whole: Office, tmp_path: Path) -> None:
    at = clock.now()
    first = packed(whole.vault, at)
    with bare_copy(first, tmp_path / "copy") as copy:
        assert digest_of(copy, everything=True) == digest_of(whole.vault, everything=True)
        assert contents_digest(copy) == contents_digest(whole.vault)
        copy.check()
        second = packed(copy, at)
    assert data_of(second) == data_of(first)
    assert json.loads(zipfile.ZipFile(io.BytesIO(second)).read("manifest.json"))["tables"].keys() == {
        table.name for table in kept_tables(whole.vault.schema)
    }


def test_what_is_found_by_words_is_found_again(whole: Office, tmp_path: Path) -> None:
    found = "SELECT kind, record_id, client_id, title, body FROM search_row ORDER BY kind, record_id"
    with bare_copy(packed(whole.vault), tmp_path / "copy") as copy:
        rows = []
        for vault in (whole.vault, copy):
            with vault.reading() as session:
                rows.append(session.connection().exec_driver_sql(found).fetchall())
    assert rows[0] == rows[1]


def test_a_number_that_was_given_is_not_given_again(whole: Office, tmp_path: Path) -> None:
    sequence = "SELECT name, seq FROM sqlite_sequence WHERE name NOT IN ('export', 'arrival') ORDER BY name"
    with bare_copy(packed(whole.vault), tmp_path / "copy") as copy, copy.reading() as session:
        there = session.connection().exec_driver_sql(sequence).fetchall()
    with whole.vault.reading() as session:
        here = session.connection().exec_driver_sql(sequence).fetchall()
    kept = {table.name for table in kept_tables(whole.vault.schema)}
    assert [row for row in there if row[0] in kept] == [row for row in here if row[0] in kept]


def run_check(path: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(CHECK), str(path)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_the_checker_is_content_with_the_archive_packed_and_unpacked(whole: Office, tmp_path: Path) -> None:
    file, folder = tmp_path / "all.zip", tmp_path / "unpacked"
    file.write_bytes(packed(whole.vault))
    assert run_check(file) == (0, "All is well.\n")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    assert run_check(folder) == (0, "All is well.\n")
    changed, gone, more = folder / "Clients.csv", folder / "data/client.jsonl", folder / "Clients/more.txt"
    changed.write_bytes(changed.read_bytes()[:-1] + b"?")
    gone.unlink()
    more.write_text("?")
    status, said = run_check(folder)
    assert status == 1
    for line in ("Damaged: Clients.csv", "Missing: data/client.jsonl", "Extra: Clients/more.txt"):
        assert line in said


def test_a_byte_flipped_anywhere_is_named_by_the_checker_and_refused(whole: Office, tmp_path: Path) -> None:
    data = packed(whole.vault)
    chance = random.Random(20)
    namespace: dict[str, object] = {"__name__": "check"}
    exec(compile(CHECK.read_text(), "check.py", "exec"), namespace)  # noqa: S102 - as Python runs it
    listed = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("manifest.json"))["entries"]
    file = tmp_path / "flipped.zip"
    ends = listed[-1]["at"] + listed[-1]["length"]
    places = [(one["name"], one["at"] + chance.randrange(one["length"])) for one in listed]
    places += [("manifest.json", ends + chance.randrange(len(data) - ends)) for _ in range(40)]
    places += [("manifest.json", len(data) - 1 - number) for number in range(0, 250, 7)]
    for name, place in places:
        flipped = bytearray(data)
        flipped[place] ^= 1 << chance.randrange(8)
        file.write_bytes(flipped)
        problems = namespace["check_zip"](file)  # type: ignore[operator]
        assert len(problems) == 1, (name, place, problems)
        assert name in problems[0], (name, place, problems)
    for name, place in chance.sample(places, 60):
        flipped = bytearray(data)
        flipped[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Refused) as refused:
            checked(bytes(flipped))
        assert refused.value.reason, (name, place)


def test_a_damaged_content_comes_as_missing_and_never_as_whole(whole: Office, tmp_path: Path) -> None:
    content_id = whole.vault.files.write([b"a" * 200_000], limit=10**6).content_id
    place = whole.vault.path / "files" / content_id[:2] / content_id
    sealed = bytearray(place.read_bytes())
    sealed[-20] ^= 1
    place.write_bytes(sealed)
    with bare_copy(packed(whole.vault), tmp_path / "copy") as copy:
        assert content_id not in set(copy.files.ids())
        assert len(list(copy.files.ids())) == len(list(whole.vault.files.ids())) - 1


def test_what_comes_from_one_moment_is_from_one_moment(whole: Office) -> None:
    """Whoever changes something while it is packed is not in it, not even in part."""
    before = digest_of(whole.vault, everything=True)
    with one_state(whole.vault) as source:
        pieces = everything(source, by="Alice", at=clock.now())
        data = next(pieces)
        remove_file.perform(whole.vault, whole.actor(whole.alice), {"file": "F-1"})
        data += b"".join(pieces)
    assert checked(data).digest == before.total
