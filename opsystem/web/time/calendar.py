"""View of one's own calendar link."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.outside.operations import end_calendar_link, make_calendar_link
from opsystem.business.outside.queries import calendar_link_made_at
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page

_SECRET = "calendar_link"  # noqa: S105 - the name of a place in the session


@business_page(Permission.JOBS_READ, "GET", "POST")
def show(door: Door) -> HttpResponse:
    """Show whether there is a calendar link; make one, shown this once, or end it."""
    if door.is_post:
        if door.request.POST.get("end") == "on":
            door.perform(end_calendar_link)
            door.tell("Your calendar link opens nothing any more")
        else:
            door.request.session[_SECRET] = door.perform(make_calendar_link).value.secret
        return door.go("time:calendar")
    secret = door.request.session.pop(_SECRET, "")
    address = f"/calendar/{door.business.number}/{secret}.ics" if secret else ""
    context = {
        "made_at": door.ask(calendar_link_made_at),
        "address": door.request.build_absolute_uri(address) if address else "",
    }
    return door.page("time/calendar.html", context)
