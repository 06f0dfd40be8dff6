"""By whom a report can be narrowed: a person of the team, clients with a tag."""

from __future__ import annotations

from opsystem.business.reports.kinds import KINDS
from opsystem.business.reports.records import ReportName
from opsystem.business.tags.queries import list_tags
from opsystem.business.team.queries import list_team
from opsystem.operations import Permission
from opsystem.web.door import Door

Choices = list[tuple[str, str]]


def narrowing(door: Door, report: ReportName) -> dict[str, Choices]:
    """Return the choices of a report's form by field; none where there is nothing to choose."""
    people: Choices = []
    if KINDS[report].people and door.actor.may(Permission.TEAM_READ):
        people = [("", "Everybody"), *((one.ref, one.name) for one in door.ask(list_team))]
    tags: Choices = [(one.name, one.name) for one in door.ask(list_tags) if one.clients]
    return {"people": people, "tags": [("", "All clients"), *tags] if tags else []}
