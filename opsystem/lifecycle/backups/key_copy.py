"""A copy of the key store, which is noise without the slots. The slots' own files are never copied."""

from __future__ import annotations

import shutil
from pathlib import Path

from opsystem.vault.keystore import KeyStore
from opsystem.vault.keystore.names import ADDING


def copy_key_store(store: KeyStore, folder: Path) -> None:
    """Copy the files of the key store into `folder`, and remove what is there and no more in the store.

    While the lock for adding is held, no generation comes into use and no vault is added.
    """
    with store.disk.lock(ADDING):
        files = store.files()
        for file in files:
            shutil.copyfile(file, folder / file.name)
    names = {file.name for file in files}
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()
