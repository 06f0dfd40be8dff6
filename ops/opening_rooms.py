"""The rooms that may touch files, each with its reason. A folder ends in a slash."""

from __future__ import annotations

from typing import Final

_OURS = "files of the program itself"
MAY_OPEN: Final[dict[str, str]] = {
    # What lies in a vault's directory.
    "opsystem/vault/disk/paths.py": "the one room that opens what lies in a vault",
    "opsystem/vault/disk/beneath.py": "the two ways it does so",
    "opsystem/vault/database.py": "the engine opens its file itself, by the vault's path and a fixed name",
    "opsystem/vault/making.py": "the same for a new one",
    "opsystem/vault/snapshot.py": "copies a live database, in a process of its own",
    # What lies elsewhere, at places that settings and we ourselves name.
    "opsystem/vault/keys.py": "the operator's key file",
    "opsystem/vault/keystore/disk.py": "the key store and the slots",
    "opsystem/lifecycle/backups/": "staging folders and repositories of the operator",
    "opsystem/lifecycle/shredding/checking.py": "bytes of the vault that was deleted, looked for",
    "opsystem/cli/moving.py": "the archive that the operator names on the command line",
    "opsystem/cli/running.py": "makes the folder of the vaults",
    "opsystem/config/uploads.py": "a file without a name for a large upload, sealed",
    "opsystem/config/environment.py": "settings that are given as files",
    "opsystem/business/files/studio.py": "starts the darkroom, a process that may open nothing",
    # The program.
    "opsystem/business/packs/contents.py": _OURS,
    "opsystem/business/paper/coverage.py": _OURS,
    "opsystem/business/paper/rendering.py": _OURS,
    "opsystem/control/accounts/letters.py": _OURS,
    "opsystem/lifecycle/exporting/enclosed/": "runs at the customer's, on the unpacked archive",
    "opsystem/lifecycle/exporting/everything.py": _OURS,
    "opsystem/lifecycle/exporting/pages.py": _OURS,
    "opsystem/web/assets.py": _OURS,
    "opsystem/web/deletion/public.py": _OURS,
}
