"""What the office sees and sets: a client's links, the client's view, corrections, booking."""

from __future__ import annotations

from opsystem.business.hub.details import correct_my_details
from opsystem.operations import Actor
from tests.lifecycle.office import Office, browser_of
from tests.web.hub.scene import browser, maria


def test_the_office_sees_what_the_client_sees_and_does_nothing_in_his_name(office: Office) -> None:
    hers, alice = maria(office), browser_of(office.alice)
    client = hers.ref.partition("-")[2]
    view = office.path(f"clients/{client}/view")
    home = alice.get(view)
    assert home.status_code == 200 and "You see what Maria Alvarez sees" in home.text
    assert alice.get(view, {"page": "visit", "number": str(hers.visit)}).status_code == 200
    assert alice.get(view, {"page": "confirm", "number": str(hers.visit)}).status_code == 404
    assert alice.post(view, {"page": "messages", "text": "I pay double"}).status_code == 405
    bob = browser_of(office.hire("Bob", "technician"))
    assert bob.get(view).status_code == 403


def test_a_link_is_made_shown_once_and_revoked(office: Office) -> None:
    hers, alice = maria(office), browser_of(office.alice)
    here = office.path(f"clients/{hers.ref.partition('-')[2]}/links")
    made = alice.post(here)
    assert made.text.count("/c/") >= 1 and "shown once" in made.text
    listed = alice.get(here)
    assert "/c/" not in listed.text and "not opened yet" in listed.text
    assert browser().get(hers.path).status_code == 200
    alice.post(f"{here}/{hers.link.partition('-')[2]}/revoke")
    assert browser().get(hers.path).status_code == 410


def test_a_clients_correction_counts_when_the_office_takes_it_over(office: Office) -> None:
    hers, alice = maria(office), browser_of(office.alice)
    number = int(hers.ref.partition("-")[2])
    maria_herself = Actor.client(client_id=number, name="Maria Alvarez")
    correct_my_details.perform(office.vault, maria_herself, {"phone": "228 555 0111"})
    page = alice.get(office.path(f"clients/{number}/links"))
    assert "0111" in page.text and "Take over" in page.text
    assert "555-0188" in browser().get(f"{hers.path}/details").text
    alice.post(office.path(f"clients/{number}/corrections/1"), {"answer": "take"})
    assert "555-0111" in browser().get(f"{hers.path}/details").text


def test_booking_is_set_up_and_opened_on_a_page(office: Office) -> None:
    alice, public = browser_of(office.alice), f"/book/{office.number}"
    assert browser().get(public).status_code == 404
    added = {"name": "Drain check", "minutes": "45", "price": "99", "question": "How old is the house?"}
    assert alice.post(office.path("settings/booking/services"), added).status_code == 303
    rules = {"on": "on", "lands_as": "request", "notice_hours": "12", "lead_hours": "2", "days_ahead": "14"}
    assert alice.post(office.path("settings/booking"), rules).status_code == 303
    told = browser().get(public)
    assert "Drain check" in told.text and "45 min" in told.text and "$99" in told.text
    bad = alice.post(office.path("settings/booking"), {**rules, "days_ahead": "4000"})
    assert bad.status_code == 422 and "4000" in bad.text
    wrong = alice.post(office.path("settings/booking/services"), {"name": "X", "price": "much"})
    assert wrong.status_code == 422 and "much" in wrong.text
