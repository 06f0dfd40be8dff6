"""What is told about packs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PackRow:
    """A pack with how much it brings, the common part included; `installed` when nothing of it is missing."""

    name: str
    title: str
    prices: int
    checklists: int
    templates: int
    installed: bool


@dataclass(frozen=True)
class Installed:
    """How much a pack added; what was there already was left as it is."""

    name: str
    title: str
    prices: int
    checklists: int
    templates: int
