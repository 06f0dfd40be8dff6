"""`bin/opsystem`: sets the application up from the environment, then hands over to the command line."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

import django


def main() -> int:
    """Run the command line; return its exit status. A wrong setting stops it with its name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsystem.config.settings")
    django.setup()
    # Tables may be imported only now that Django knows its apps.
    parser = import_module("opsystem.cli.parser")

    def work(given: argparse.Namespace) -> None:  # noqa: ARG001
        """Do what is due in the vaults: send, receive, ask Claude, make previews."""
        # Only the worker asks Claude, and its SDK takes two seconds to load.
        import_module("opsystem.worker.loop").run_worker()

    status: int = parser.run(sys.argv[1:], {"work": (work, {})})
    return status


if __name__ == "__main__":
    sys.exit(main())
