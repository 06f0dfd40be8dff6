"""Views of an arrival: choose the archive, watch it come in, see what is different here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from opsystem.business.arrivals.operations import drop_arrival
from opsystem.business.arrivals.queries import newest_arrival
from opsystem.control.audit.events import origin_of, record
from opsystem.lifecycle.provisioning import start_business
from opsystem.operations import Permission
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page, see_other
from opsystem.web.templating import page

_STARTED = "started_arrivals"


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Make an empty business for the archive that somebody is going to bring."""
    if request.method == "GET":
        return page(request, "arrivals/start.html", {})
    person, request_id = person_of(request), request.POST.get("request_id", "")[:64]
    started: dict[str, int] = request.session.get(_STARTED, {})
    if request_id not in started:
        business = start_business(person, name="My business", phone="", website="", industry="")
        record("business.started", actor_id=person.pk, business_id=business.pk, origin=origin_of(request))
        request.session[_STARTED] = started = {request_id: business.number}
    return see_other(reverse("arrivals:home", args=[started[request_id]]))


@business_page(Permission.EXPORT)
def home(door: Door) -> HttpResponse:
    """Show how far the archive is, or ask for it."""
    return door.page("arrivals/home.html", {"arrival": door.ask(newest_arrival)})


@business_page(Permission.EXPORT, "POST")
def drop(door: Door) -> HttpResponse:
    """Drop what was sent so far."""
    door.perform(drop_arrival)
    return door.go("arrivals:home")
