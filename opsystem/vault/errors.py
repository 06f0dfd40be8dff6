"""What can be wrong with a vault itself.

Unavailable
└── VaultUnusable      nothing is read and nothing is written
    ├── VaultMissing   no such directory or database
    ├── VaultUnreadable  wrong key or damaged file: reported as that, never as empty
    └── VaultTooNew    made by a newer version of the software
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
