"""The tiles on Today: each leads to a list, and a technician's page has none."""

from __future__ import annotations

import re

from opsystem.business.clients.operations import add_client
from opsystem.business.invoices.operations import draft_invoice, issue_invoice
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.jobs.operations import book_job, complete_job
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.kit import clock
from tests.lifecycle.office import Office, browser_of


def test_row_99_every_tile_on_today_leads_to_its_list(office: Office) -> None:
    actor = office.actor(office.alice)
    client = add_client.perform(office.vault, actor, {"name": "Ana Ruiz"}).value.ref
    lines = [{"description": "Tank", "unit_cents": 123_456}]
    for done in (True, False):
        booked = {"client": client, "title": "Sink"} | ({} if done else {"starts_at": clock.now()})
        job = book_job.perform(office.vault, actor, booked).value.ref
        add_job_line.perform(office.vault, actor, {"job": job, **lines[0]})
        if done:
            complete_job.perform(office.vault, actor, {"job": job})
    draft = draft_invoice.perform(office.vault, actor, {"client": client, "lines": lines}).value.ref
    issue_invoice.perform(office.vault, actor, {"draft": draft, "issued_on": "2026-01-05"})
    offered = {"client": client, "title": "Hot water", "options": [{"lines": lines}]}
    quote = add_quote.perform(office.vault, actor, offered).value.ref
    mark_quote_sent.perform(office.vault, actor, {"quote": quote})
    alice = browser_of(office.alice)
    page = alice.get(office.path()).content.decode()
    for words in ("1 job to invoice", "1 overdue invoice", "quote waits for an answer", "$1,234.56"):
        assert words in page, words
    places = re.findall(r'class="tile__link" href="([^"]+)"', page)
    assert len(places) >= 6
    for place in places:
        assert alice.get(place).status_code == 200, place
    assert "No visit is late" in alice.get(office.path("today/late")).content.decode()
    bob = browser_of(office.hire("Bob", "technician"))
    assert "tile" not in bob.get(office.path()).content.decode()
    assert bob.get(office.path("today/expected")).status_code == 403
