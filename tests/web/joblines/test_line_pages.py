"""Lines of a job on its pages: added, changed by two at once, invoiced, and without prices for Bob."""

from __future__ import annotations

from opsystem.business.joblines.operations import edit_job_line
from opsystem.business.joblines.queries import list_job_lines
from opsystem.business.prices.operations import add_price
from tests.web.jobs.conftest import Crew


def test_lines_are_added_changed_and_invoiced_from_the_job(crew: Crew) -> None:
    alice = crew.office.actor(crew.office.alice)
    crew.book()
    add_price.perform(crew.office.vault, alice, {"name": "Anode", "price_cents": 19_950, "cost_cents": 8_000})
    assert "Nothing to bill yet" in crew.page("jobs/1")
    assert "Anode" in crew.page("jobs/1/lines/new")
    crew.send("jobs/1/lines/new", price="S-1", quantity_milli="2")
    wrong = crew.alice_browser.post(crew.office.path("jobs/1/lines/new"), {"unit_cents": "much"})
    assert wrong.status_code == 422
    assert b'value="much"' in wrong.content
    page = crew.page("jobs/1")
    assert "$399.00" in page
    assert "Invoice $399.00" in page
    typed = {"description": "Anode rod", "quantity_milli": "3", "unit": "each", "unit_cents": "199.50"}
    edit_job_line.perform(crew.office.vault, alice, {"job": "J-1", "line": 1, "unit_cents": 18_000})
    late = crew.alice_browser.post(
        crew.office.path("jobs/1/lines/1"), {**typed, "base_version": "1", "cost_cents": "80"}
    )
    assert late.status_code == 409
    told = late.content.decode()
    assert "$360.00" in told, "what the other one saved"
    assert 'value="199.50"' in told, "what was typed"
    assert 'name="base_version" value="2"' in told
    crew.send("jobs/1/lines/1", None, **typed, base_version="2")
    (line,) = list_job_lines.ask(crew.office.vault, alice, {"job": "J-1"}).lines
    assert (line.amount_cents, line.cost_cents) == (59_850, None), "an emptied cost is none"
    seen = crew.page("jobs/1", crew.bob_browser)
    assert "Anode rod" in seen
    assert "598.50" not in seen
    assert crew.bob_browser.get(crew.office.path("jobs/1/lines/new")).status_code == 403
    assert "/drafts/" in crew.send("jobs/1/invoice")["Location"]
    crew.send("jobs/1/lines/1/removal")
    assert "Nothing to bill yet" in crew.page("jobs/1")
