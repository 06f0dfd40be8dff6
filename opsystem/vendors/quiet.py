"""The SDKs' own logs are switched off: they print addresses with phone numbers, headers and whole bodies.

The levels are set on the libraries' top loggers after their import, so that neither an environment
variable of theirs (`ANTHROPIC_LOG`) nor a debug level on the root logger brings them back.
"""

from __future__ import annotations

import logging

_NOTHING = logging.CRITICAL + 10


def silence(*names: str) -> None:
    """Let nothing of these libraries into the log."""
    for name in names:
        logging.getLogger(name).setLevel(_NOTHING)
