"""The booking page: each answer leads to the next question, and a taken time back to the times alone."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from opsystem.business.booking.holding import hold_time, times_to_book
from opsystem.business.booking.visiting import book_online, check_booking_code, send_booking_code
from opsystem.business.booking.where import check_place
from opsystem.kit.errors import Conflict, Invalid, LimitReached
from opsystem.web.booking.door import Visitor, booking_page
from opsystem.web.booking.steps import STEPS, Typed
from opsystem.web.hub.limits import count

_CODES_AN_HOUR = 6


@booking_page
def book(visitor: Visitor) -> HttpResponse:
    """Show the step that is asked for, or take the answer of one and show the next."""
    sent = visitor.request.POST
    typed = Typed.of(sent)
    step = sent.get("from", "")
    if "back" in sent and sent["back"] in STEPS:
        return _show(visitor, sent["back"], typed)
    # A field that people never see, and programs fill in.
    if sent.get("website"):
        return visitor.page("booking/thanks.html", {})
    if step not in STEPS or typed.service(visitor.offer) is None:
        return _show(visitor, "service", typed)
    wrong = typed.problems(step)
    if wrong:
        return _show(visitor, step, typed, wrong)
    try:
        return _TAKES[step](visitor, typed) if step in _TAKES else _show(visitor, _next(step), typed)
    except Invalid as problem:
        errors = dict(problem.fields) or {"": problem.message}
        return _show(visitor, "details" if step == "check" else step, typed, errors)
    except LimitReached as problem:
        return _show(visitor, step, typed, {"": problem.message})
    except Conflict as problem:
        back = {"slot_taken": "time", "service_removed": "service", "not_served": "place"}
        return _show(visitor, back.get(problem.code, step), typed, {"": problem.message}, status=409)


def _take_place(visitor: Visitor, typed: Typed) -> HttpResponse:
    visitor.ask(check_place, postcode=typed.values["postcode"])
    return _show(visitor, "time", typed)


def _take_time(visitor: Visitor, typed: Typed) -> HttpResponse:
    if visitor.offer.lands_as == "visit":
        if not typed.values["time"]:
            return _show(visitor, "time", typed, {"": "Choose a time."})
        held = visitor.perform(
            hold_time,
            service=int(typed.values["service"]),
            time=typed.values["time"],
            hold=typed.values["hold"],
        )
        typed.values |= {"hold": held.key, "starts_at": held.starts_at.isoformat()}
        typed.values["ends_at"] = held.ends_at.isoformat()
    return _show(visitor, "details", typed)


def _take_details(visitor: Visitor, typed: Typed) -> HttpResponse:
    count(visitor.request, "codes", _CODES_AN_HOUR)
    values = typed.values
    visitor.perform(send_booking_code, way=values["way"], phone=values["phone"], email=values["email"])
    return _show(visitor, "check", typed)


def _take_check(visitor: Visitor, typed: Typed) -> HttpResponse:
    values = typed.values
    proof = visitor.perform(
        check_booking_code,
        way=values["way"],
        code=values["code"],
        phone=values["phone"],
        email=values["email"],
    )
    if not proof.right:
        wrong = "This is not the code, or it has ended. Look again, or go back to get a new one."
        return _show(visitor, "check", typed, {"code": wrong})
    booked = visitor.perform(book_online, once=True, **typed.booking())
    return HttpResponseRedirect("/c/" + booked.address.rpartition("/c/")[2], status=303)


_TAKES = {"place": _take_place, "time": _take_time, "details": _take_details, "check": _take_check}


def _next(step: str) -> str:
    return STEPS[STEPS.index(step) + 1]


def _show(
    visitor: Visitor, step: str, typed: Typed, errors: dict[str, str] | None = None, status: int = 0
) -> HttpResponse:
    service = typed.service(visitor.offer)
    times = []
    if step == "time" and service is not None and visitor.offer.lands_as == "visit":
        times = visitor.ask(times_to_book, service=service.id, hold=typed.values["hold"])
    context = {
        "step": step,
        "number": STEPS.index(step) + 1,
        "before": STEPS[STEPS.index(step) - 1] if step != "service" else "",
        "typed": typed,
        "form": typed.form(errors),
        "service": service,
        "times": times,
        "trouble": (errors or {}).get("", ""),
    }
    return visitor.page(f"booking/{step}.html", context, status=status or (422 if errors else 200))


urlpatterns = [path("book/<int:business>", book, name="booking")]
