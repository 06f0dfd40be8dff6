"""Views of certificates, and of what people can do."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.certificates.operations import add_certificate, remove_certificate, renew_certificate
from opsystem.business.certificates.queries import list_certificates
from opsystem.business.certificates.records import CertificateRow
from opsystem.business.skills.operations import set_skills
from opsystem.business.skills.queries import list_skills
from opsystem.kit.errors import Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.jobs.planning import team


@business_page(Permission.TEAM_READ)
def show_list(door: Door) -> HttpResponse:
    """Show certificates by the day they end, and who can do what."""
    context = {
        "certificates": door.ask(list_certificates),
        "skills": door.ask(list_skills),
        "people": team(door),
    }
    return door.page("certificates/list.html", context)


@business_page(Permission.TEAM_MANAGE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Add a certificate of a person or of the business."""
    form = FormState()
    if door.is_post:
        outcome = door.submit(add_certificate, "name", "member", "number", "issuer", "expires_on", "file")
        if outcome.done:
            door.tell(f"Added {outcome.form.value('name')}", done=outcome.done)
            return door.go("certificates:list")
        form = outcome.form
    return door.page("certificates/add.html", {"form": form, "people": team(door), "row": None})


@business_page(Permission.TEAM_MANAGE, "GET", "POST")
def renew(door: Door, certificate: int) -> HttpResponse:
    """Write down until when it lasts now."""
    row = _row(door, certificate)
    form = FormState({"number": row.number, "issuer": row.issuer})
    if door.is_post:
        outcome = door.submit(
            renew_certificate, "expires_on", "number", "issuer", "file", certificate=row.ref
        )
        if outcome.done:
            door.tell(f"Renewed {row.name}", done=outcome.done)
            return door.go("certificates:list")
        form = outcome.form
    return door.page("certificates/add.html", {"form": form, "people": [], "row": row})


@business_page(Permission.TEAM_MANAGE, "POST")
def remove(door: Door, certificate: int) -> HttpResponse:
    """Take a certificate out of the list."""
    done = door.perform(remove_certificate, certificate=make_ref("certificate", certificate))
    door.tell("Removed the certificate", done=done)
    return door.go("certificates:list")


@business_page(Permission.TEAM_MANAGE, "GET", "POST")
def skills(door: Door, member: int) -> HttpResponse:
    """Say what somebody can do."""
    person = next((one for one in team(door) if one.id == member), None)
    if person is None:
        raise NotFound("There is no such person on the team.", code="no_member")
    known = [one.name for one in door.ask(list_skills) if person.ref in one.members]
    form = FormState({"skills": "\n".join(known)})
    if door.is_post:
        names = [one.strip() for one in door.request.POST.get("skills", "").splitlines() if one.strip()]
        try:
            done = door.perform(set_skills, member=person.ref, skills=names)
        except Invalid as problem:
            words = {"skills": "One skill on each line, at most 120 characters each."}
            form = FormState.of(door.request.POST, Invalid(problem.message, fields=words))
        else:
            door.tell(f"Saved what {person.name} can do", done=done)
            return door.go("certificates:list")
    return door.page("certificates/skills.html", {"form": form, "person": person})


def _row(door: Door, number: int) -> CertificateRow:
    row = next((one for one in door.ask(list_certificates) if one.id == number), None)
    if row is None:
        raise NotFound("There is no such certificate.", code="no_certificate")
    return row
