"""Where people outside find the pages of a vault: said by whoever opens it, so never out of date."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Doorplate:
    """The origin of the site and the number of the business in its addresses; empty where nobody comes."""

    origin: str = ""
    number: int = 0
