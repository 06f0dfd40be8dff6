"""A vault's keys open their own vault and nothing else."""

import os
from pathlib import Path
from typing import get_args

import pytest

from opsystem.vault.keys import KeyUnusable, Purpose, derive, load_key_file, new_key


def key_file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "kek"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_new_keys_are_32_bytes_and_never_alike() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


def test_every_purpose_vault_and_version_has_a_key_of_its_own() -> None:
    key = new_key()
    derived = {
        derive(key, vault_id, purpose, version)
        for vault_id in ("1", "2", "11")
        for purpose in get_args(Purpose)
        for version in (1, 2, 11)
    }
    assert len(derived) == 3 * len(get_args(Purpose)) * 3
    assert {len(one) for one in derived} == {32}
    assert key not in derived


def test_derivation_stays_the_same_for_ever() -> None:
    assert derive(bytes(range(32)), "7", "files").hex() == (
        "4dd62329a680a3fbbb860c102a83951e071bdeef4ddeb9ca188c8299038f56a8"
    )


def test_an_unknown_purpose_is_refused() -> None:
    with pytest.raises(ValueError, match="purpose"):
        derive(new_key(), "7", "everything")  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(KeyUnusable):
        derive(bytes(length), "7", "db")


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_file_of_its_owner_is_read(tmp_path: Path, mode: int) -> None:
    key = new_key()
    assert load_key_file(key_file(tmp_path, key, mode)) == key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o666, 0o777])
def test_a_key_file_others_can_touch_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(KeyUnusable, match="KEK_FILE: others"):
        load_key_file(key_file(tmp_path, new_key(), mode), setting="KEK_FILE")


@pytest.mark.parametrize("length", [0, 1, 31, 33, 64, 4096])
def test_a_key_file_of_another_length_is_refused_without_its_contents(tmp_path: Path, length: int) -> None:
    content = b"k" * length
    with pytest.raises(KeyUnusable, match=r"KEK_FILE: .*32 bytes") as caught:
        load_key_file(key_file(tmp_path, content), setting="KEK_FILE")
    assert "kk" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_missing_key_file_is_named_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="KEK_FILE") as caught:
        load_key_file(tmp_path / "nothing", setting="KEK_FILE")
    assert str(tmp_path) not in str(caught.value)


def test_a_link_a_folder_and_a_pipe_are_no_key_files(tmp_path: Path) -> None:
    target = key_file(tmp_path, new_key())
    link, folder, pipe = tmp_path / "link", tmp_path / "folder", tmp_path / "pipe"
    link.symlink_to(target)
    folder.mkdir(mode=0o700)
    os.mkfifo(pipe, 0o600)
    for path in (link, folder, pipe):
        with pytest.raises(KeyUnusable):
            load_key_file(path)


@pytest.mark.parametrize("owner", [1, 65534])
def test_a_key_file_of_another_user_is_refused(tmp_path: Path, owner: int) -> None:
    path = key_file(tmp_path, new_key())
    if os.geteuid() == 0:
        os.chown(path, owner, owner)
        with pytest.raises(KeyUnusable, match="another user"):
            load_key_file(path)
    else:
        with pytest.raises(PermissionError):
            os.chown(path, owner, owner)
