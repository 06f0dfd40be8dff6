"""Expenses on their pages: with a photo by Bob, corrected by Alice, filtered, taken as CSV."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.jobs.conftest import Crew
from tests.web.jobs.test_work import PIXEL


def test_a_receipt_is_photographed_corrected_filtered_and_taken(crew: Crew) -> None:
    crew.book()
    assert "Photograph a receipt" in crew.page("expenses", crew.bob_browser)
    assert "J-1" in crew.page("expenses/new?job=J-1", crew.bob_browser)
    given = {"what": "Anode", "cents": "84.50", "job": "J-1", "paid_by": "own", "category": "Materials"}
    wrong = crew.send("expenses/new", crew.bob_browser, **{**given, "cents": "lots"})
    assert wrong.status_code == 422
    assert b'value="lots"' in wrong.content
    photo = SimpleUploadedFile("receipt.png", PIXEL, "image/png")
    crew.send("expenses/new", crew.bob_browser, **given, receipt=photo)
    assert "$84.50" in crew.page("expenses/1", crew.bob_browser)
    page = crew.page("jobs/1")
    assert "Margin, as of now" in page
    assert "-$84.50" in page
    seen = crew.page("jobs/1", crew.bob_browser)
    assert "Margin" not in seen
    assert "Anode" in seen
    edit = {**given, "cents": "80", "base_version": "1"}
    assert crew.send("expenses/1", None, **edit).status_code == 303
    late = crew.send("expenses/1", None, **{**edit, "cents": "99.00"})
    assert late.status_code == 409
    assert b'value="99.00"' in late.content
    assert crew.send("expenses/1", crew.bob_browser, **edit).status_code == 403
    assert "1 expense, $80.00" in crew.page("expenses?category=Materials&since=2020-01-01")
    assert "looks like this" in crew.page("expenses?text=nothing")
    taken = crew.alice_browser.get(crew.office.path("expenses/csv")).content.decode()
    assert "Anode,80.00,Materials" in taken
    assert "expenses/1" in crew.page("search?text=Anode")
    crew.send("expenses/1/void", reason="Twice")
    assert "Voided" in crew.page("expenses/1")
