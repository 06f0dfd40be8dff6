"""Gulf Plumbing with a little of everything, for promises about operations and about who sees what.

Ana has one property and two jobs: Bob goes to the water heater, only Alice to the hidden bath.
Zoe's job is Alice's alone. Old Tom is archived.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opsystem.business.acceptance.operations import accept_quote
from opsystem.business.checklists.operations import add_checklist
from opsystem.business.clients.operations import (
    add_client,
    add_property,
    archive_client,
    refuse_client,
    tag_clients,
)
from opsystem.business.clients.persons.operations import add_person
from opsystem.business.fields.operations import add_field, set_fields
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.jobs.operations import add_note, book_job, schedule_visit, start_visit
from opsystem.business.prices.operations import add_price
from opsystem.business.profile.operations import set_switch
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.business.tags.operations import save_view
from opsystem.business.team.operations import add_member
from opsystem.business.templates.operations import add_template
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from tests.business.opening import ALICE, joined, open_business


@dataclass(frozen=True)
class Gulf:
    """The business and its technician."""

    vault: Vault
    bob: Actor


def open_gulf(place: Path) -> Gulf:
    """Return the business, filled: Bob is U-2, the waiting Eve U-3."""
    vault = open_business(place, "Gulf Plumbing", ALICE)
    bob = joined(vault, "Bob Tran", Role.TECHNICIAN, "acc-bob")
    add_member.perform(vault, ALICE, {"name": "Eve Lund", "email": "eve@example.com", "role": "office"})
    _clients(vault)
    _lists(vault)
    _jobs(vault)
    _quotes(vault)
    return Gulf(vault, bob)


def _clients(vault: Vault) -> None:
    ana = {"name": "Ana Ruiz", "phone": "(228) 555-0142", "email": "ana@example.com"}
    add_client.perform(vault, ALICE, {**ana, "street": "12 Oak St", "city": "Hurley", "state": "WI"})
    add_client.perform(vault, ALICE, {"name": "Zoe Hidden", "street": "9 Elm St", "city": "Ironwood"})
    add_property.perform(vault, ALICE, {"client": "C-2", "street": "10 Elm St", "city": "Ironwood"})
    add_client.perform(vault, ALICE, {"name": "Old Tom"})
    archive_client.perform(vault, ALICE, {"client": "C-3"})
    refuse_client.perform(vault, ALICE, {"client": "C-3", "reason": "Never paid."})
    tag_clients.perform(vault, ALICE, {"clients": ["C-1"], "tag": "Landlord"})
    roof = {"of": "client", "name": "Roof type", "type": "choice", "choices": ["Slate", "Metal"]}
    add_field.perform(vault, ALICE, roof)
    set_fields.perform(vault, ALICE, {"record": "C-1", "answers": {"Roof type": "slate"}})
    save_view.perform(vault, ALICE, {"name": "Hidden view", "filters": {"tag": "Landlord"}})
    tenant = {"name": "Tess Tenant", "role": "tenant", "phone": "228 555 0177", "gets": ["visits"]}
    add_person.perform(vault, ALICE, {"client": "C-1", **tenant})
    landlord = {"name": "Hidden Landlord", "role": "owner", "email": "hidden@example.com"}
    add_person.perform(vault, ALICE, {"client": "C-2", **landlord})


def _lists(vault: Vault) -> None:
    add_checklist.perform(vault, ALICE, {"name": "Heater", "items": ["Photo before", "Leak test"]})
    add_price.perform(vault, ALICE, {"name": "Service call", "price_cents": 9900, "unit": "visit"})
    add_template.perform(vault, ALICE, {"name": "On my way", "body": "{biz}: {tech} is coming."})
    set_switch.perform(vault, ALICE, {"name": "sms", "on": False})


def _jobs(vault: Vault) -> None:
    heater = {"client": "C-1", "title": "Water heater", "checklist": "K-1", "members": ["U-2"]}
    book_job.perform(vault, ALICE, {**heater, "starts_at": "2030-11-25T09:00"})
    bath = {"client": "C-1", "title": "Hidden bath", "members": ["U-1"]}
    book_job.perform(vault, ALICE, {**bath, "starts_at": "2030-11-20T09:00"})
    drain = {"client": "C-2", "title": "Hidden drain", "checklist": "K-1", "members": ["U-1"]}
    book_job.perform(vault, ALICE, {**drain, "starts_at": "2030-11-25T09:00"})
    book_job.perform(vault, ALICE, {"client": "C-2", "title": "Hidden sink"})
    schedule_visit.perform(vault, ALICE, {"job": "J-1", "starts_at": "2030-11-26T09:00", "members": ["U-2"]})
    start_visit.perform(vault, ALICE, {"visit": "V-4"})
    add_job_line.perform(vault, ALICE, {"job": "J-1", "price": "S-1"})
    hidden = {"job": "J-3", "description": "Hidden pipe", "unit_cents": 4200}
    add_job_line.perform(vault, ALICE, hidden)
    add_note.perform(vault, ALICE, {"about": "C-1", "text": "Has a dog."})
    add_note.perform(vault, ALICE, {"about": "J-2", "text": "Hidden tiles chosen."})
    add_note.perform(vault, ALICE, {"about": "C-2", "text": "Hidden gate code."})


def _quotes(vault: Vault) -> None:
    tank = {"description": "Hidden tank", "unit_cents": 90000}
    good = {"name": "Good", "lines": [{"price": "S-1"}, tank]}
    best = {"name": "Best", "lines": [{"price": "S-1", "quantity_milli": 2000}]}
    add_quote.perform(vault, ALICE, {"client": "C-1", "title": "Hidden heater", "options": [good, best]})
    add_quote.perform(vault, ALICE, {"client": "C-2", "title": "Hidden drain", "options": [good]})
    mark_quote_sent.perform(vault, ALICE, {"quote": "Q-2"})
    add_quote.perform(vault, ALICE, {"client": "C-2", "title": "Hidden shower", "options": [good]})
    mark_quote_sent.perform(vault, ALICE, {"quote": "Q-3"})
    accept_quote.perform(vault, ALICE, {"quote": "Q-3", "name": "Zoe Hidden", "terms_version": 0})
