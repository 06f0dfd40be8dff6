"""Nothing a name or a planted entry says makes the vault touch what lies outside its directory.

Everything is tried over both ways of opening: by the kernel, where it has it, and by walking.
"""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.vault.disk.beneath import OpenBeneath, by_kernel, by_walking, kernel_way_works
from opsystem.vault.disk.paths import UnsafePath, VaultDirectory, components
from tests.vault.hostile_names import HOSTILE, NO_TEXT

WAYS = [by_walking, by_kernel] if kernel_way_works() else [by_walking]

# Every function that takes a name, `replace` from both sides.
Act = Callable[[VaultDirectory, str], object]
ACTS: dict[str, Act] = {
    "open_file": lambda vault, name: vault.open_file(name).close(),
    "open_file to change": lambda vault, name: vault.open_file(name, "r+b").close(),
    "create_exclusive": lambda vault, name: vault.create_exclusive(name).close(),
    "replace from": lambda vault, name: vault.replace(name, "kept"),
    "replace to": lambda vault, name: vault.replace("spare", name),
    "mkdir": lambda vault, name: vault.mkdir(name),
    "mkdir exist_ok": lambda vault, name: vault.mkdir(name, exist_ok=True),
    "remove": lambda vault, name: vault.remove(name),
    "remove_dir": lambda vault, name: vault.remove_dir(name),
    "list": lambda vault, name: vault.list(name),
    "stat": lambda vault, name: vault.stat(name),
    "fsync_dir": lambda vault, name: vault.fsync_dir(name),
}


LINK_TARGETS = [
    *("../outside/secret", "../outside", "kept", "shelf", "link", "nowhere"),
    *("/etc/passwd", "/proc/self/root", "/proc/self/fd/0", "/proc/self/cwd"),
]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def way(request: pytest.FixtureRequest) -> OpenBeneath:
    chosen: OpenBeneath = request.param
    return chosen


@pytest.fixture
def vault(tmp_path: Path, way: OpenBeneath) -> Iterator[VaultDirectory]:
    """A vault with a file, a shelf with a file, and beside it a folder that must never be touched."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"outside")
    (outside / "shelf").mkdir()
    with VaultDirectory.create(tmp_path / "vault", way=way) as opened:
        for name in ("kept", "spare"):
            (tmp_path / "vault" / name).write_bytes(b"inside")
        (tmp_path / "vault/shelf").mkdir()
        (tmp_path / "vault/shelf/secret").write_bytes(b"inside")
        yield opened


def picture(folder: Path) -> dict[str, object]:
    """Everything below a folder, to see that nothing changed."""
    return {
        str(path.relative_to(folder)): (
            str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        )
        for path in sorted(folder.rglob("*"))
    }


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_there_are_enough_hostile_names() -> None:
    assert len(set(HOSTILE)) >= 150


@pytest.mark.parametrize("act", ACTS)
def test_a_hostile_name_is_refused_and_changes_nothing(
    vault: VaultDirectory, tmp_path: Path, act: str
) -> None:
    before = picture(tmp_path)
    for name in [*HOSTILE, *NO_TEXT]:
        with pytest.raises(UnsafePath) as caught:
            ACTS[act](vault, name)  # type: ignore[arg-type]
        assert str(tmp_path) not in str(caught.value)
    assert picture(tmp_path) == before


@given(name=st.text(max_size=30))
def test_a_name_is_of_the_alphabet_or_refused(name: str) -> None:
    try:
        parts = components(name)
    except UnsafePath:
        return
    assert "/".join(parts) == name
    assert all(part.isascii() and part == part.lower() and part.strip(".-_") == part for part in parts)
    assert not any(part in {"", ".", ".."} for part in parts)


@pytest.mark.parametrize("target", LINK_TARGETS)
@pytest.mark.parametrize("name", ["link", "link/secret", "link/shelf", "link/etc/passwd"])
def test_no_planted_link_is_followed(vault: VaultDirectory, tmp_path: Path, target: str, name: str) -> None:
    (tmp_path / "vault/link").symlink_to(target)
    before = picture(tmp_path)
    for label, act in ACTS.items():
        if name == "link" and label in {"remove", "replace to"}:
            continue  # these act on the link itself: the next two tests
        with pytest.raises((UnsafePath, FileExistsError)):
            act(vault, name)
        assert picture(tmp_path) == before, label


def test_removing_a_planted_link_leaves_its_target(vault: VaultDirectory, tmp_path: Path) -> None:
    (tmp_path / "vault/link").symlink_to(tmp_path / "outside/secret")
    vault.remove("link")
    assert vault.list() == ["kept", "shelf", "spare"]
    assert (tmp_path / "outside/secret").read_bytes() == b"outside"


def test_replacing_a_planted_link_leaves_its_target(vault: VaultDirectory, tmp_path: Path) -> None:
    (tmp_path / "vault/link").symlink_to(tmp_path / "outside/secret")
    vault.replace("spare", "link")
    assert vault.open_file("link").read() == b"inside"
    assert (tmp_path / "outside/secret").read_bytes() == b"outside"


def test_a_link_in_place_of_the_vault_is_refused(tmp_path: Path, way: OpenBeneath) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "vault").symlink_to("real")
    with pytest.raises(UnsafePath):
        VaultDirectory.open(tmp_path / "vault", way=way)


@pytest.mark.parametrize("name", ["proc/version", "proc/self/environ", "sys/kernel", "dev/null"])
def test_another_file_system_is_not_entered(way: OpenBeneath, name: str) -> None:
    with VaultDirectory.open("/", way=way) as root:
        for act in (root.open_file, root.stat, root.list):
            with pytest.raises(UnsafePath):
                act(name)


def test_a_pipe_a_socket_and_a_folder_are_not_opened_as_files(vault: VaultDirectory, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "vault/pipe")
    os.mknod(tmp_path / "vault/socket", 0o140600)
    for name in ("pipe", "socket", "shelf"):
        for mode in ("rb", "r+b"):
            with pytest.raises(UnsafePath):
                vault.open_file(name, mode)


def test_files_and_folders_are_made_used_and_removed(vault: VaultDirectory, tmp_path: Path) -> None:
    assert vault.mkdir("a") is True
    assert vault.mkdir("a", exist_ok=True) is False
    with pytest.raises(FileExistsError):
        vault.mkdir("a")
    with pytest.raises(FileExistsError):
        vault.mkdir("kept", exist_ok=True)
    with vault.create_exclusive("a/b.tmp") as file:
        file.write(b"whole")
    with pytest.raises(FileExistsError):
        vault.create_exclusive("a/b.tmp")
    vault.replace("a/b.tmp", "a/b-1_x.db")
    vault.fsync_dir("a")
    vault.fsync_dir()
    assert vault.list("a") == ["b-1_x.db"]
    assert vault.stat("a/b-1_x.db").st_size == 5
    assert vault.stat("a/b-1_x.db").st_mode & 0o777 == 0o600
    assert (tmp_path / "vault/a").stat().st_mode & 0o777 == 0o700
    with vault.open_file("a/b-1_x.db", "r+b") as file:
        file.seek(4)
        file.write(b"!")
    assert vault.open_file("a/b-1_x.db").read() == b"whol!"
    with pytest.raises(OSError, match=os.strerror(errno.ENOTEMPTY)):
        vault.remove_dir("a")
    vault.remove("a/b-1_x.db")
    vault.remove_dir("a")
    assert vault.list() == ["kept", "shelf", "spare"]


@pytest.mark.parametrize("name", ["nothing", "nothing/at/all", "shelf/nothing"])
def test_what_is_missing_is_said_to_be_missing(vault: VaultDirectory, name: str) -> None:
    for label in ("open_file", "replace from", "remove", "remove_dir", "list", "stat", "fsync_dir"):
        with pytest.raises(FileNotFoundError):
            ACTS[label](vault, name)


def test_a_closed_directory_is_of_no_use(vault: VaultDirectory) -> None:
    vault.close()
    vault.close()
    for name in ("kept", "shelf/secret"):
        with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
            vault.open_file(name)


def test_no_descriptor_is_left_open(vault: VaultDirectory) -> None:
    before = open_descriptors()
    for name in ("kept", "shelf", "shelf/secret", "nothing/x", "../x", "kept/x", "shelf/secret/x"):
        for act in ACTS.values():
            try:
                act(vault, name)
            except (OSError, UnsafePath):
                continue
    assert open_descriptors() == before


SWAPPER = """
import os, sys
os.chdir(sys.argv[1])
os.symlink("../outside", "swap")
print("ready", flush=True)
while True:
    for step in (("shelf", "held"), ("swap", "shelf"), ("shelf", "swap"), ("held", "shelf")):
        os.rename(*step)
"""


@contextmanager
def swapping(folder: Path) -> Iterator[None]:
    """Another process that keeps putting a link to the outside in the shelf's place, and back."""
    command = [sys.executable, "-c", SWAPPER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.kill()


def test_a_folder_swapped_for_a_link_in_a_race_never_leads_out(vault: VaultDirectory, tmp_path: Path) -> None:
    outside = picture(tmp_path / "outside")
    seen = {"inside": 0, "refused": 0, "missing": 0}
    with swapping(tmp_path / "vault"):
        for number in range(60_000):
            seen[once_through(vault, f"shelf/new-{number}")] += 1
            if number > 3_000 and all(seen.values()):
                break
    assert seen["inside"] > 0
    assert seen["refused"] > 0
    assert picture(tmp_path / "outside") == outside


def once_through(vault: VaultDirectory, name: str) -> str:
    """Use every function on the shelf once, and say how far that went."""
    try:
        with vault.open_file("shelf/secret") as file:
            assert file.read() == b"inside"
        vault.mkdir(name)
        vault.create_exclusive(f"{name}x").close()
        vault.replace(f"{name}x", f"{name}y")
        assert vault.list("shelf")
        vault.remove(f"{name}y")
        vault.remove_dir(name)
        vault.fsync_dir("shelf")
    except UnsafePath:
        return "refused"
    except FileNotFoundError:
        return "missing"
    return "inside"
