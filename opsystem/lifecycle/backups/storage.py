"""The line to a storage on another machine: TLS 1.3 or nothing (promise P4.3).

Restic offers TLS 1.3 and cannot be told to take nothing less. Both sides take the highest they share, and
TLS 1.3 notices when somebody on the line pretends otherwise (RFC 8446, section 4.1.3). So it is enough that
the storage speaks it; that is asked before every use.
"""

from __future__ import annotations

import socket
import ssl
from urllib.parse import urlsplit

from opsystem.control.backup_plan import BackupPlan
from opsystem.lifecycle.backups.problems import BackupProblem
from opsystem.vendors.tls import client_context

_SECONDS = 20.0


def expect_safe_line(plan: BackupPlan) -> None:
    """Shake hands with the storage, by TLS 1.3 unless it is on this machine. A directory is no line.

    Raises BackupProblem, at once: restic would knock for a quarter of an hour.
    """
    parts = urlsplit(plan.repository.removeprefix("s3:"))
    if plan.directory is not None or parts.hostname is None:
        return
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with socket.create_connection((parts.hostname, port), _SECONDS) as line:
            if parts.scheme == "https":
                client_context().wrap_socket(line, server_hostname=parts.hostname).close()
    except ssl.SSLError:
        raise BackupProblem("backup_old_tls") from None
    except OSError:
        raise BackupProblem("backup_unreachable") from None
