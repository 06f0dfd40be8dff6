"""Hurley Plumbing with Ana Ruiz as its client, and everybody's browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from opsystem.business.checklists.operations import add_checklist
from opsystem.business.clients.operations import add_client, edit_property
from opsystem.business.jobs.operations import book_job
from opsystem.control.accounts.models import Person
from opsystem.operations import Operation
from tests.lifecycle.office import Office, browser_of, office

__all__ = ["office"]
# The zone Alice's business is started in.
ZONE = ZoneInfo("America/Chicago")


@dataclass(frozen=True)
class Crew:
    """The office with Alice's and Bob's browsers, one client and one checklist."""

    office: Office
    bob: Person
    alice_browser: Client
    bob_browser: Client
    client: str
    checklist: str

    def do(self, operation: Operation[Any], **given: Any) -> Any:
        """Perform something as Alice."""
        return operation.perform(self.office.vault, self.office.actor(self.office.alice), given).value

    def book(self, title: str = "Water heater", *, hours: float = 1, **given: Any) -> Any:
        """Book a job of Ana's for Bob, so many hours from now."""
        at = datetime.now(UTC) + timedelta(hours=hours)
        when = {"starts_at": at, "members": ["U-2"]}
        return self.do(book_job, client=self.client, title=title, **{**when, **given})

    def page(self, rest: str = "", browser: Client | None = None) -> str:
        """Return a page of the business as Alice, or as somebody else, is shown it."""
        answer = (browser or self.alice_browser).get(self.office.path(rest))
        assert answer.status_code == 200, (rest, answer.status_code)
        return answer.content.decode()

    def send(self, rest: str, browser: Client | None = None, **fields: Any) -> Any:
        """Send a form to an address of the business."""
        return (browser or self.alice_browser).post(self.office.path(rest), fields)


@pytest.fixture
def crew(office: Office) -> Crew:
    bob = office.hire("Bob", "technician")
    alice = office.actor(office.alice)
    ana = add_client.perform(
        office.vault,
        alice,
        {"name": "Ana Ruiz", "phone": "(228) 555-0111", "street": "18 Maple Ave", "city": "Hurley"},
    ).value
    place = {"property": ana.property, "access_notes": "Gate code 4411"}
    edit_property.perform(office.vault, alice, place)
    lines = {"name": "Heater", "items": ["Shut off water", "Test for leaks"]}
    checklist = add_checklist.perform(office.vault, alice, lines).value.ref
    return Crew(office, bob, browser_of(office.alice), browser_of(bob), ana.ref, checklist)
