"""Views of the start."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from opsystem.business.packs.operations import install_pack
from opsystem.business.packs.queries import list_packs
from opsystem.control.audit.events import origin_of, record
from opsystem.control.businesses.directory import memberships_of
from opsystem.kit.errors import Invalid
from opsystem.lifecycle.provisioning import start_business
from opsystem.operations import Permission
from opsystem.operations.inputs import validate
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page, see_other
from opsystem.web.forms import FormState
from opsystem.web.onboarding.answers import Answers
from opsystem.web.settings.choices import DEFAULT_ZONE, industries, zones
from opsystem.web.templating import page

_STARTED = "started_businesses"


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask a few words about the business, make it with its vault, and go on to its trade."""
    form = FormState({"zone": DEFAULT_ZONE})
    if request.method == "POST":
        try:
            return see_other(reverse("onboarding:pack", args=[_start(request)]))
        except Invalid as problem:
            form = FormState.of(request.POST, problem)
    context = {
        "form": form,
        "industries": industries(),
        "zones": zones(),
        "is_first": not memberships_of(person_of(request)),
    }
    return page(request, "onboarding/start.html", context, status=422 if form.is_bad else 200)


def _start(request: HttpRequest) -> int:
    """Make the business that was asked for and return its number; asked twice, the same one."""
    person, sent = person_of(request), request.POST
    started: dict[str, int] = request.session.get(_STARTED, {})
    request_id = sent.get("request_id", "")
    if request_id in started:
        return started[request_id]
    given = {name: sent[name] for name in Answers.model_fields if sent.get(name, "").strip()}
    business = start_business(person, **validate(Answers, given))
    origin = origin_of(request)
    record("business.started", actor_id=person.pk, business_id=business.pk, origin=origin)
    if request_id:
        request.session[_STARTED] = {request_id[:64]: business.number}
    return business.number


@business_page(Permission.LISTS_WRITE, "GET", "POST")
def choose_pack(door: Door) -> HttpResponse:
    """Let a business begin with what its trade usually needs, or empty."""
    form = FormState({"name": door.business.industry})
    if door.is_post:
        outcome = door.submit(install_pack, "name")
        if outcome.done:
            brought = outcome.done.value
            door.tell(
                f"{brought.title} is ready: {brought.prices} prices, {brought.checklists} checklists,"
                f" {brought.templates} message templates",
                done=outcome.done,
            )
            return door.go("today:show")
        form = outcome.form
    packs = door.ask(list_packs)
    packs.sort(key=lambda pack: pack.name != door.business.industry)
    return door.page("onboarding/pack.html", {"form": form, "packs": packs})
