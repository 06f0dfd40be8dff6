"""Views of the accounts pages that are our own: front door, businesses, invitations, one session's end."""

from __future__ import annotations

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import origin_of, record
from opsystem.control.businesses.directory import memberships_of
from opsystem.control.businesses.invitations import open_invitation
from opsystem.kit.errors import Problem
from opsystem.lifecycle.people import accept
from opsystem.operations import Role
from opsystem.web.door import STATUS
from opsystem.web.templating import page

ONBOARDING = "/start"


def person_of(request: HttpRequest) -> Person:
    """Return the person who is signed in. Raises TypeError in a view not declared so."""
    if not isinstance(request.user, Person):
        raise TypeError("this view is for signed-in people only")
    return request.user


@require_GET
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead a signed-in person to the businesses, anybody else to sign-in."""
    return redirect("businesses" if request.user.is_authenticated else "account_login")


@require_GET
def businesses(request: HttpRequest) -> HttpResponse:
    """Lead to the one business there is, to founding the first one, or show the choice."""
    memberships = memberships_of(person_of(request))
    if not memberships:
        return redirect(ONBOARDING)
    if len(memberships) == 1 and "all" not in request.GET:
        return redirect(f"/b/{memberships[0].business.number}/")
    return page(request, "accounts/businesses.html", {"memberships": memberships, "role_title": role_title})


def role_title(role: str) -> str:
    """Return a role's name as people say it."""
    return Role(role).title


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; accept it for the person who is signed in."""
    try:
        invited = open_invitation(token)
        if request.method == "POST" and request.user.is_authenticated:
            membership = accept(token, person_of(request), origin=origin_of(request))
            return redirect(f"/b/{membership.business.number}/")
    except Problem as problem:
        status = STATUS.get(problem.kind, 409)
        return page(request, "accounts/invitation_closed.html", {"problem": problem}, status=status)
    context = {"invitation": invited, "role": role_title(invited.role), "path": request.path}
    return page(request, "accounts/invitation.html", context)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep how pages look for this person: system, light or dark."""
    chosen = request.POST.get("theme", "")
    if chosen not in Person.Theme.values:
        return HttpResponse("Choose system, light or dark.", status=422, content_type="text/plain")
    Person.objects.filter(pk=person_of(request).pk).update(theme=chosen)
    return HttpResponse(status=204) if "HX-Request" in request.headers else redirect("account")


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one device of this person out."""
    session = get_object_or_404(UserSession, pk=pk, user=person_of(request))
    end_sessions(request, [session])
    record("session.revoked", actor_id=session.user_id, object_id=f"session {pk}", origin=origin_of(request))
    messages.success(request, "This device is signed out.")
    return redirect("usersessions_list")
