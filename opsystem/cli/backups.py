"""Commands about backups: made, listed, tried, restored."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from opsystem.kit import clock
from opsystem.lifecycle.backups.caring import care
from opsystem.lifecycle.backups.drilling import SAMPLE, drill
from opsystem.lifecycle.backups.listing import how_it_went, kept_backups
from opsystem.lifecycle.backups.restoring_all import restore
from opsystem.lifecycle.backups.running import run_backup
from opsystem.lifecycle.duties import do_now


def backup_run(given: argparse.Namespace) -> dict[str, Any]:
    """Make a backup now."""
    return do_now("backup", partial(run_backup, new_repository=given.new_repository))


def backup_list(given: argparse.Namespace) -> list[dict[str, Any]]:  # noqa: ARG001
    """List the backups that are kept, the newest first."""
    return kept_backups(clock.now())


def backup_status(given: argparse.Namespace) -> list[dict[str, Any]]:  # noqa: ARG001
    """Say how the last backup and the last drill went, and when they are due again."""
    return how_it_went()


def backup_restore(given: argparse.Namespace) -> dict[str, Any] | list[dict[str, Any]]:
    """Restore one vault that was lost, or everything, to its place or to an empty directory."""
    done = restore(given.backup, given.vault, given.to)
    return done if given.json else done["vaults"]


def backup_drill(given: argparse.Namespace) -> dict[str, Any]:
    """Restore some vaults into an empty place, open them and compare their digests; then remove them."""
    return do_now("backup-drill", partial(drill, sample=0 if given.all else given.vaults))


def backup_care(given: argparse.Namespace) -> dict[str, Any]:  # noqa: ARG001
    """Do what is done every night: a backup, old ones dropped, the repository checked, a drill."""
    return do_now("backup-care", care)


COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "backup run": (
        backup_run,
        {"--new-repository": {"action": "store_true", "help": "make the repository where there is none"}},
    ),
    "backup list": (backup_list, {}),
    "backup status": (backup_status, {}),
    "backup restore": (
        backup_restore,
        {
            "--backup": {"default": "latest", "help": "which one, as `backup list` names it"},
            "--vault": {"action": "append", "default": [], "help": "a vault's id; more than once for more"},
            "--to": {"type": Path, "help": "an empty directory; without it, to where they belong"},
        },
    ),
    "backup drill": (
        backup_drill,
        {
            "--vaults": {"type": int, "default": SAMPLE, "help": "how many are tried"},
            "--all": {"action": "store_true", "help": "all of them"},
        },
    ),
    "backup care": (backup_care, {}),
}
