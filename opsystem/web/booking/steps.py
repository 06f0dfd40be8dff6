"""What was typed so far, step by step. It travels in the form itself: nothing is kept of who never books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from opsystem.business.booking.records import Offer, ServiceRow
from opsystem.web.forms import FormState

STEPS = ("service", "place", "time", "details", "check")
FIELDS: dict[str, tuple[str, ...]] = {
    "service": ("service",),
    "place": ("street", "city", "state", "postcode"),
    "time": ("time", "hold", "starts_at", "ends_at", "wished"),
    "details": ("name", "phone", "email", "way", "details", "answer"),
    "check": ("code",),
}
_NEEDED = {
    "street": "Give the street and house number.",
    "city": "Give the city.",
    "name": "Give your name.",
}


@dataclass
class Typed:
    """Everything typed so far."""

    values: dict[str, str]

    @classmethod
    def of(cls, sent: QueryDict) -> Typed:
        """Return what a form carries."""
        known = [name for names in FIELDS.values() for name in names]
        return cls({name: sent.get(name, "").strip()[:2000] for name in known})

    def service(self, offer: Offer) -> ServiceRow | None:
        """Return the chosen service, if it is still offered."""
        return next((one for one in offer.services if str(one.id) == self.values["service"]), None)

    def carried(self, step: str) -> list[tuple[str, str]]:
        """Return what travels hidden while a step is shown: everything that it does not ask itself."""
        own = {"time", "starts_at", "ends_at", "wished"} if step == "time" else {*FIELDS[step]}
        return [(name, value) for name, value in self.values.items() if value and name not in own]

    def problems(self, step: str) -> dict[str, str]:
        """Return what is missing of a step, by field."""
        wrong = {name: _NEEDED[name] for name in FIELDS[step] if name in _NEEDED and not self.values[name]}
        if step == "details":
            field = "email" if self.values["way"] == "email" else "phone"
            if not self.values[field]:
                wrong[field] = "We send a code there, so it is needed."
        return wrong

    def form(self, errors: dict[str, str] | None = None) -> FormState:
        """Return the state of the form, with what is wrong."""
        return FormState(self.values, errors or {})

    def booking(self) -> dict[str, Any]:
        """Return the arguments of the booking itself."""
        left_out = {"starts_at", "ends_at"}
        given: dict[str, Any] = {name: value for name, value in self.values.items() if name not in left_out}
        return {**given, "service": int(self.values["service"])}
