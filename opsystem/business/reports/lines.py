"""From facts to the lines of a report: named, in order, with groups of days in which nothing happened."""

from __future__ import annotations

from opsystem.business.reports.asked import PERIODS, Asked, keys_between, name_of_period
from opsystem.business.reports.kinds import Kind
from opsystem.business.reports.records import ReportLine


def in_order(kind: Kind, asked: Asked, lines: list[ReportLine]) -> list[ReportLine]:
    """Return the lines as they are shown: days from the first on, fixed groups as declared, else by size.

    The size is the last column, which is what a report comes down to.
    """
    names = names_of(kind, asked)
    if names:
        known = {line.key: line.values for line in lines}
        nothing = [0] * len(kind.columns)
        told = [ReportLine(key, name, known.get(key, nothing)) for key, name in names.items()]
    else:
        told = sorted(lines, key=lambda line: (-line.values[-1], line.name, line.key))
    return [with_share(kind, line) for line in told]


def names_of(kind: Kind, asked: Asked) -> dict[str, str]:
    """Return the groups that stand in a report whatever happened, by key; none where records make them."""
    if asked.by in PERIODS:
        return {
            key: name_of_period(asked.by, key) for key in keys_between(asked.by, asked.since, asked.until)
        }
    return dict(kind.fixed) if asked.by is kind.by[0] else {}


def with_share(kind: Kind, line: ReportLine) -> ReportLine:
    """Return a line with the column that is worked out of two others, in tenths of a percent."""
    if kind.share is None:
        return line
    _, part, whole = kind.share
    rate = round(1000 * line.values[part] / line.values[whole]) if line.values[whole] else 0
    return ReportLine(line.key, line.name, [*line.values, rate])
