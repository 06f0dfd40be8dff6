"""Whether an error comes from a full disk: the control plane's, a vault's, or of what is on its way in."""

from __future__ import annotations

import errno
from typing import Final

from opsystem.vault.errors import StorageFull

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLITE_FULL: Final = 13  # https://www.sqlite.org/rescode.html#full
_POSTGRES_FULL: Final = "53100"  # disk_full, in appendix A of PostgreSQL's manual


def tells_of_full_disk(error: BaseException | None) -> bool:
    """Look through an error and everything it came from."""
    while error is not None:
        if isinstance(error, StorageFull):
            return True
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        if getattr(error, "sqlite_errorcode", 0) == _SQLITE_FULL:
            return True
        if getattr(error, "sqlstate", "") == _POSTGRES_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
