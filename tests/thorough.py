"""How much is tried: in `bin/test` enough to notice a fault, with `THOROUGH=yes` the numbers promised."""

from __future__ import annotations

import os

IS_THOROUGH = os.environ.get("THOROUGH") == "yes"


def amount(*, quick: int, whole: int) -> int:
    """Return how often something drawn from a seed is tried; the first ones are the same in both."""
    return whole if IS_THOROUGH else quick
