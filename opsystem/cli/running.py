"""Commands that set up and run the installation."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from opsystem.control.installation import installation


def prepare(given: argparse.Namespace) -> None:  # noqa: ARG001
    """Bring the control plane's tables and the static files up to date."""
    installation().vaults_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(given: argparse.Namespace) -> None:
    """Serve the pages, the API and the webhooks."""
    Granian(
        "opsystem.config.asgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.ASGI,
        workers=given.workers,
        log_access=False,
        websockets=False,
    ).serve()


COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "prepare": (prepare, {}),
    "serve": (
        serve,
        {
            "--host": {"default": "127.0.0.1"},
            "--port": {"type": int, "default": 8000},
            "--workers": {"type": int, "default": 1, "help": "processes; one a core is enough"},
        },
    ),
}
