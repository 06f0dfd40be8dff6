"""Papers of jobs and quotes: what they show, and what they show to whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from opsystem.business.files.logo import choose_logo
from opsystem.business.files.previews import make_due_previews
from opsystem.business.jobs.operations import add_note, book_job
from opsystem.business.printing.queries import make_job_paper, make_quote_paper
from opsystem.business.printing.showing import percent, quantity
from opsystem.business.profile.operations import edit_profile
from opsystem.business.quotes.operations import add_quote
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden, Invalid, NotFound
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene
from tests.business.files import samples
from tests.business.files.test_files import add
from tests.business.paper.test_rendering import words_of

LOOK = {"address": "214 Harbor Rd, Biloxi", "licence": "License MS-22415", "colour": "#FFEE00"}


def test_a_jobs_papers_show_the_business_and_the_work_and_no_prices(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    edit_profile.perform(vault, alice, LOOK)
    maria = scene.client(vault, alice, street="18 Bayview Ave", city="Gulfport")
    given = {
        "client": maria,
        "property": "P-1",
        "title": "Water heater",
        "starts_at": datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
        "members": [f"U-{bob.member_id}"],
    }
    job = book_job.perform(vault, alice, given).value.ref
    add_note.perform(vault, alice, {"about": job, "text": "Replaced the anode."})
    sheet = make_job_paper.ask(vault, bob, {"job": job, "kind": "sheet"})
    words = words_of(sheet.content)
    for word in (
        "Gulf Plumbing",
        "License MS-22415",
        "18 Bayview Ave",
        "Bob Tran",
        "9:00 AM",
        "Maria Alvarez",
    ):
        assert word in words
    assert "$" not in words
    assert sheet == make_job_paper.ask(vault, bob, {"job": job, "kind": "sheet"})
    report = make_job_paper.ask(vault, alice, {"job": job, "kind": "report"})
    assert "Replaced the anode." in words_of(report.content)
    other = scene.job(vault, alice, maria)
    with pytest.raises(NotFound):
        make_job_paper.ask(vault, bob, {"job": other, "kind": "sheet"})


def test_a_quote_on_paper_has_its_options_and_sums(vault: Vault, alice: Actor, bob: Actor) -> None:
    maria = scene.client(vault, alice)
    line = {"description": "Tank, 50 gal", "quantity_milli": 1500, "unit_cents": 80_000}
    options = [{"name": "Good", "lines": [line]}, {"name": "Best", "lines": [line, line]}]
    given = {"client": maria, "title": "New heater", "options": options}
    quote = add_quote.perform(vault, alice, given).value.ref
    words = words_of(make_quote_paper.ask(vault, alice, {"quote": quote}).content)
    for word in ("Good", "Best", "$1,200.00", "$2,400.00", "1.5", "New heater", "Your options"):
        assert word in words
    with pytest.raises(Forbidden):
        make_quote_paper.ask(vault, bob, {"quote": quote})


def test_a_chosen_logo_stands_on_the_paper(vault: Vault, alice: Actor) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice))
    bare = make_job_paper.ask(vault, alice, {"job": job, "kind": "sheet"})
    choose_logo.perform(vault, alice, {"file": add(vault, alice, samples.jpeg_with_position())})
    make_due_previews(vault, clock.now())
    with_logo = make_job_paper.ask(vault, alice, {"job": job, "kind": "sheet"})
    assert len(with_logo.content) > len(bare.content)
    assert b"GPS" not in with_logo.content
    with pytest.raises(Invalid, match="Choose a picture"):
        choose_logo.perform(vault, alice, {"file": add(vault, alice, samples.pdf(), "a.pdf")})
    choose_logo.perform(vault, alice, {})
    assert make_job_paper.ask(vault, alice, {"job": job, "kind": "sheet"}).sha256 == bare.sha256


def test_quantities_are_written_as_people_do() -> None:
    assert [quantity(one) for one in (1000, 1500, 250, -2000, 1)] == ["1", "1.5", "0.25", "-2", "0.001"]
    assert quantity(3000, "hours") == "3 hours"
    assert percent(7250) == "7.25 %"
