"""The commands by name; each takes its arguments and gives back what is printed as JSON, or a status."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from opsystem.cli import inventory, running, vaults
from opsystem.kit.errors import Problem

Command = Callable[[argparse.Namespace], Any]
Commands = dict[str, tuple[Command, dict[str, dict[str, Any]]]]


def run(words: list[str], more: Commands) -> int:
    """Run one command, one of this door's or of `more`; return its exit status."""
    parser = argparse.ArgumentParser(prog="bin/opsystem", description="The command line of OpSystem.")
    parts = parser.add_subparsers(required=True, metavar="COMMAND")
    for commands in (running.COMMANDS, more, inventory.COMMANDS, vaults.COMMANDS):
        for name, (command, arguments) in commands.items():
            words_of_it = (command.__doc__ or "").strip().split("\n")[0]
            part = parts.add_parser(name, help=words_of_it, description=words_of_it)
            for flag, options in arguments.items():
                part.add_argument(flag, **options)
            part.set_defaults(command=command)
    given = parser.parse_args(words)
    try:
        result = given.command(given)
    except Problem as problem:
        print(problem.message, file=sys.stderr)
        return 1
    if result is not None:
        print(json.dumps(result, indent=2, default=str))
    return 0
