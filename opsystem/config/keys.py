"""The key slots: where they are, and the operator's part of their keys.

A key comes from a file only its owner can read, or from a systemd credential, which is such a file; never
from a variable itself, so that no child process inherits it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from opsystem.config.environment import Environment
from opsystem.control.installation import SlotPlace
from opsystem.vault.keys import KeyUnusable, load_key_file

_FILES, _DIRECTORIES = "OPSYSTEM_KEY_FILE", "OPSYSTEM_SLOT_DIRS"
_CREDENTIAL = "opsystem-key"
_GROUP_AND_OTHERS = 0o077


def read_slots(env: Environment, data_dir: Path) -> tuple[SlotPlace, ...]:
    """Read the slots: as many as there are directories, each with its own key file or all with one."""
    credential = env.credential(_CREDENTIAL)
    files = env.paths(_FILES, *([credential] if credential else []))
    # The folder of credentials cannot be written to, so then there is no default.
    beside = [(files or [Path()])[0].parent / "slot"] if credential is None else []
    directories = env.paths(_DIRECTORIES, *beside)
    if not files or not directories:
        return ()
    if len(files) not in (1, len(directories)):
        env.problem(_FILES, "must name one file, or as many as there are slots.")
        return ()
    roots = [_root(env, file, data_dir) for file in files]
    for directory in directories:
        _expect_apart(env, _DIRECTORIES, directory, data_dir)
        _expect_closed(env, directory)
    if len(set(directories)) < len(directories):
        env.problem(_DIRECTORIES, "names a directory twice.")
    if len(roots) == 1:
        roots *= len(directories)
    return tuple(SlotPlace(directory, root) for directory, root in zip(directories, roots, strict=True))


def _root(env: Environment, path: Path, data_dir: Path) -> bytes:
    _expect_apart(env, _FILES, path, data_dir)
    try:
        return load_key_file(path, setting=_FILES)
    except KeyUnusable as unusable:
        env.problems.append(unusable.message)
        return b""


def _expect_apart(env: Environment, name: str, path: Path, data_dir: Path) -> None:
    """Whoever copies the data directory must not get with it what opens it."""
    if data_dir != Path() and path.resolve().is_relative_to(data_dir.resolve()):
        env.problem(name, "must lie outside OPSYSTEM_DATA_DIR, apart from what it locks.")


def _expect_closed(env: Environment, directory: Path) -> None:
    if not directory.exists():
        return
    facts = directory.stat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid() or facts.st_mode & _GROUP_AND_OTHERS:
        env.problem(_DIRECTORIES, "must be directories of the user that runs OpSystem, with mode 0700.")
