"""Maria with a visit, a message, a shared file and a link, in Alice's business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import Client as Browser

from opsystem.business.clients.operations import add_client
from opsystem.business.jobs.operations import book_job
from opsystem.business.links.operations import make_client_link
from opsystem.business.profile.channels import assign_addresses
from opsystem.operations import Actor
from tests.lifecycle.office import Office


@dataclass
class Maria:
    """A client of Alice's, with her link."""

    office: Office
    ref: str
    visit: int
    address: str
    link: str

    @property
    def path(self) -> str:
        """The link without its origin."""
        return "/c/" + self.address.rpartition("/c/")[2]


def in_days(days: int, hour: int = 10) -> str:
    """Return a wall-clock time some days ahead."""
    at = datetime.now() + timedelta(days=days)  # noqa: DTZ005 - the business's own clock is meant
    return at.replace(hour=hour, minute=0, second=0, microsecond=0).isoformat()


def maria(office: Office, name: str = "Maria Alvarez", phone: str = "2285550188", days: int = 3) -> Maria:
    """Return a client with a visit and a link."""
    alice = office.actor(office.alice)
    given = {"sms_number": "+12285550100"}
    assign_addresses.perform(office.vault, Actor.system(), given)
    added = add_client.perform(
        office.vault,
        alice,
        {"name": name, "phone": phone, "email": "maria@example.com", "street": "1 Oak St", "city": "Hurley"},
    ).value
    booked = book_job.perform(
        office.vault,
        alice,
        {"client": added.ref, "title": "Water heater", "starts_at": in_days(days), "members": ["U-1"]},
    ).value
    link = make_client_link.perform(office.vault, alice, {"client": added.ref}).value
    return Maria(office, added.ref, booked.visit_id or 0, link.address, link.ref)


def browser() -> Browser:
    """Return a browser of its own."""
    return Browser(HTTP_HOST="localhost")
