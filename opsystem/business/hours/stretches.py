"""Arithmetic of stretches: `(start, end)` pairs of integers, the end not included, in order."""

from __future__ import annotations

from collections.abc import Iterable

Stretch = tuple[int, int]


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that touch or overlap made one, empty ones left out."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(stretches: Iterable[Stretch], holes: Iterable[Stretch]) -> list[Stretch]:
    """Return what is left of stretches when holes are cut out."""
    left = merged(stretches)
    for start, end in merged(holes):
        cut: list[Stretch] = []
        for first, last in left:
            if last <= start or end <= first:
                cut.append((first, last))
                continue
            if first < start:
                cut.append((first, start))
            if end < last:
                cut.append((end, last))
        left = cut
    return left
