"""What can be wrong with a vault itself, or with the disk it lies on.

Unavailable
├── VaultUnusable      nothing is read and nothing is written
│   ├── VaultMissing   no such directory or database
│   ├── VaultUnreadable  wrong key or damaged file: reported as that, never as empty
│   └── VaultTooNew    made by a newer version of the software
└── StorageProblem     the disk refused; what was asked for has not happened
    └── StorageFull    there is no room left
"""

from __future__ import annotations

from opsystem.kit.errors import Unavailable


class VaultUnusable(Unavailable):
    """The vault cannot be opened; nothing was written to it."""


class VaultMissing(VaultUnusable):
    """There is no vault at this place."""


class VaultUnreadable(VaultUnusable):
    """The key does not open it, or the file is damaged."""


class VaultTooNew(VaultUnusable):
    """A newer version of the software has written it."""


class StorageProblem(Unavailable):
    """The disk failed, may not be written, or is held by somebody else."""


class StorageFull(StorageProblem):
    """There is no room left on the disk; trying again helps once there is."""
