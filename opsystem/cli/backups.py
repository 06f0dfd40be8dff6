"""Commands about backups: made, listed, tried, restored."""

from __future__ import annotations

import argparse
from typing import Any

from opsystem.kit import clock
from opsystem.lifecycle.backups.listing import kept_backups
from opsystem.lifecycle.backups.noting import do_now
from opsystem.lifecycle.backups.running import run_backup


def backup_run(given: argparse.Namespace) -> dict[str, Any]:  # noqa: ARG001
    """Make a backup now."""
    return do_now("backup", run_backup)


def backup_list(given: argparse.Namespace) -> list[dict[str, Any]]:  # noqa: ARG001
    """List the backups that are kept, the newest first."""
    return kept_backups(clock.now())


COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "backup run": (backup_run, {}),
    "backup list": (backup_list, {}),
}
