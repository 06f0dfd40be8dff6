"""The roles in plain words, and which of them somebody may give."""

from __future__ import annotations

from opsystem.operations import Actor, Role

WHAT = {
    Role.OWNER: "Everything, also downloading the whole vault.",
    Role.ADMIN: "Everything but the download.",
    Role.OFFICE: "Clients, jobs, schedule, messages, prices. No team, no settings.",
    Role.TECHNICIAN: "Own visits, with their clients, photos and notes. Nothing else.",
    Role.BOOKKEEPER: "Reads clients, jobs, files and prices; changes prices.",
    Role.READONLY: "Looks at everything but team matters; changes nothing.",
}
_COMMON = (Role.TECHNICIAN, Role.OFFICE, Role.ADMIN, Role.BOOKKEEPER, Role.READONLY)


def role_choices(actor: Actor) -> list[tuple[str, str, str]]:
    """Return the roles an actor may give: value, name, what it may do. Only an owner makes owners."""
    roles = (*_COMMON, Role.OWNER) if actor.role is Role.OWNER else _COMMON
    return [(role.value, role.title, WHAT[role]) for role in roles]
