"""The commands by name; each takes its arguments and gives back what is printed as JSON, or a status.

A name of two words (`vault list`) is a subcommand of a group.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from opsystem.cli import running
from opsystem.cli.printing import as_text
from opsystem.kit.errors import Problem

Command = Callable[[argparse.Namespace], Any]
Commands = dict[str, tuple[Command, dict[str, dict[str, Any]]]]

# The rooms with a `COMMANDS` of their own.
_ROOMS = ("inventory", "vaults", "migrating", "moving", "backups", "keys", "shredding")
_GROUPS = {
    "keys": "Keys: how they stand, ended epochs, whether all still open.",
    "vault": "Vaults: made, listed, checked, taken out, brought in, destroyed.",
    "backup": "Backups: made, listed, tried, restored.",
}


def run(words: list[str], more: Commands) -> int:
    """Run one command, one of this door's or of `more`; return its exit status."""
    given = _parser([*_commands(words), more]).parse_args(words)
    try:
        result = given.command(given)
    except Problem as problem:
        print(problem.message, file=sys.stderr)
        return 1
    if result is not None:
        print(json.dumps(result, indent=2, default=str) if given.json else as_text(result))
    return 0


def _commands(words: list[str]) -> list[Commands]:
    """Return the commands to choose from; a server starts without loading what only the others need."""
    if words and words[0] in running.COMMANDS:
        return [running.COMMANDS]
    return [running.COMMANDS, *(import_module(f"opsystem.cli.{room}").COMMANDS for room in _ROOMS)]


def _parser(rooms: list[Commands]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/opsystem", description="The command line of OpSystem.")
    parts = parser.add_subparsers(required=True, metavar="COMMAND")
    groups = {
        name: parts.add_parser(name, help=about, description=about).add_subparsers(
            required=True, metavar="COMMAND"
        )
        for name, about in _GROUPS.items()
    }
    for commands in rooms:
        for name, (command, arguments) in commands.items():
            group, _, last = name.rpartition(" ")
            about = (command.__doc__ or "").strip().split("\n")[0]
            part = (groups[group] if group else parts).add_parser(last, help=about, description=about)
            if group:
                part.add_argument("--json", action="store_true", help="print JSON")
            for flag, options in arguments.items():
                part.add_argument(flag, **options)
            part.set_defaults(command=command, **({} if group else {"json": True}))
    return parser
