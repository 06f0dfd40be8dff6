"""The control plane's database: SQLite in the data directory, or PostgreSQL, by one address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from opsystem.config.environment import Environment, is_loopback

# Every request and every worker writes with the lock taken at BEGIN, so that no transaction fails half-way
# because another one wrote first; FULL keeps what was acknowledged through a loss of power.
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
_NAME = "OPSYSTEM_DATABASE_URL"


def read_database(env: Environment, data_dir: Path) -> dict[str, Any]:
    """Read the database's address as Django's settings of it.

    `sqlite:///absolute/path` or `postgresql://user:password@host:port/name`. A PostgreSQL on another
    machine is reached with TLS 1.3 and a certificate that the system's authorities vouch for (promise P4.3).
    """
    address = env.text(_NAME, "")
    if not address:
        return _sqlite(str(data_dir / "control.sqlite3"))
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        env.problem(_NAME, "is not an address.")
        return {}
    if parts.scheme == "sqlite":
        if not Path(parts.path).is_absolute() or parts.netloc:
            env.problem(_NAME, "needs an absolute path: sqlite:///path.")
        return _sqlite(unquote(parts.path))
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        env.problem(_NAME, "must be sqlite:///path or postgresql://user@host/name.")
        return {}
    host = unquote(parts.hostname or "")
    remote = bool(host) and not host.startswith("/") and not is_loopback(host)
    tls = {"sslmode": "verify-full", "sslrootcert": "system", "ssl_min_protocol_version": "TLSv1.3"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": tls if remote else {},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": _SQLITE,
        "CONN_MAX_AGE": 600,
    }
