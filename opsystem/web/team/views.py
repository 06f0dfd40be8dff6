"""Views of the team."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse

from opsystem.business.team.queries import list_team
from opsystem.business.team.records import MemberRow
from opsystem.control.audit.events import origin_of
from opsystem.kit.errors import Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.lifecycle import people
from opsystem.lifecycle.people_letters import open_invitations
from opsystem.operations import Permission, Role
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.team.roles import role_choices

_NOT_SENT = "The letter could not be sent. Send the invitation again in a while."


@business_page(Permission.TEAM_READ)
def show_list(door: Door) -> HttpResponse:
    """Show who works here and who is invited."""
    team = door.ask(list_team)
    invited = open_invitations(door.business) if door.actor.may(Permission.TEAM_MANAGE) else {}
    return door.page(
        "team/list.html",
        {
            "joined": [one for one in team if one.joined_at],
            "coming": [one for one in team if not one.joined_at],
            "invited": invited,
        },
    )


@business_page(Permission.TEAM_MANAGE, "GET", "POST")
def invite_person(door: Door) -> HttpResponse:
    """Put a person on the team and mail the invitation."""
    form = FormState({"role": Role.TECHNICIAN.value})
    if door.is_post:
        sent = door.request.POST
        given = {
            name: sent[name] for name in ("name", "email", "phone", "role") if sent.get(name, "").strip()
        }
        try:
            invited = people.invite(_desk(door), request_id=sent.get("request_id"), **given)
        except Invalid as problem:
            form = FormState.of(sent, problem)
        else:
            name = invited.done.value.name
            if invited.letter_sent:
                door.tell(f"Invited {name}: a letter is on its way to {invited.done.value.email}")
            else:
                door.tell(f"{name} is on the team. {_NOT_SENT}", kind="failed")
            return door.go("team:list")
    return door.page("team/form.html", {"form": form, "roles": role_choices(door.actor)})


@business_page(Permission.TEAM_MANAGE, "GET", "POST")
def change_role(door: Door, member: int) -> HttpResponse:
    """Give a person another role."""
    row = _member(door, member)
    form = FormState(asdict(row))
    if door.is_post:
        sent = door.request.POST
        try:
            people.give_role(
                _desk(door), member=row.ref, role=sent.get("role", ""), request_id=sent.get("request_id")
            )
        except Invalid as problem:
            form = FormState.of(sent, problem)
        else:
            door.tell(f"{row.name} is now {Role(sent['role']).title.lower()}")
            return door.go("team:list")
    return door.page("team/role.html", {"form": form, "member": row, "roles": role_choices(door.actor)})


@business_page(Permission.TEAM_MANAGE, "POST")
def send_again(door: Door, member: int) -> HttpResponse:
    """Mail a new invitation."""
    row = _member(door, member)
    if people.invite_again(_desk(door), member=row.ref):
        door.tell(f"A new letter is on its way to {row.email}")
    else:
        door.tell(_NOT_SENT, kind="failed")
    return door.go("team:list")


@business_page(Permission.TEAM_MANAGE, "POST")
def withdraw(door: Door, member: int) -> HttpResponse:
    """Take an invitation back."""
    row = _member(door, member)
    people.withdraw_invitation(_desk(door), member=row.ref)
    door.tell(f"The invitation of {row.name} no longer opens anything")
    return door.go("team:list")


@business_page(Permission.TEAM_MANAGE, "GET", "POST")
def remove_person(door: Door, member: int) -> HttpResponse:
    """Take a person off the team, asked once more."""
    row = _member(door, member)
    if door.is_post:
        people.remove(_desk(door), member=row.ref, request_id=door.request.POST.get("request_id"))
        door.tell(f"{row.name} is no longer on the team")
        return door.go("team:list")
    return door.page("team/remove.html", {"member": row})


def _desk(door: Door) -> people.Desk:
    person = person_of(door.request)
    return people.Desk(door.business, door.vault, door.actor, person, origin_of(door.request))


def _member(door: Door, number: int) -> MemberRow:
    ref = make_ref("member", number)
    row = next((one for one in door.ask(list_team) if one.ref == ref), None)
    if row is None:
        raise NotFound("There is no such person on the team.", code="no_member")
    return row
