"""Names of files and locks in the key store's directory."""

from __future__ import annotations

CURRENT = "current"
ROTATION = "rotation"
DECLARED = "declared"
ADDING = "adding"
ROTATING = "rotating"
_GENERATION = "generation."
_ADDITIONS = "additions."
_ROTATED = "rotated."


def generation_name(number: int) -> str:
    """Name of a generation's file."""
    return f"{_GENERATION}{number}"


def additions_name(number: int) -> str:
    """Name of the file with the vaults made since a generation."""
    return f"{_ADDITIONS}{number}"


def rotated_name(epoch: int) -> str:
    """Name of the record of the rotation that destroyed an epoch."""
    return f"{_ROTATED}{epoch}"


def _numbers(names: list[str], kind: str) -> list[int]:
    return sorted((int(name[len(kind) :]) for name in names if name.startswith(kind)), reverse=True)


def generations_among(names: list[str]) -> list[int]:
    """Return the numbers of the generations whose files are among these, the newest first."""
    return _numbers(names, _GENERATION)


def generations_before(number: int, names: list[str]) -> list[str]:
    """Return those names that are files of generations before this one."""
    kinds = (_GENERATION, _ADDITIONS)
    return [
        name for name in names for kind in kinds if name.startswith(kind) and int(name[len(kind) :]) < number
    ]


def rotated_among(names: list[str]) -> list[int]:
    """Return the epochs of which the rotation's record is among these, the newest first."""
    return _numbers(names, _ROTATED)
