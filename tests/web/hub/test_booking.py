"""Online booking, through its pages: five steps, a proved address, a time that only one can have."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from django.test import Client as Browser
from sqlalchemy import select

from opsystem.business.booking.offering import add_service, set_booking
from opsystem.business.clients.models import Client
from opsystem.business.jobs.models import Visit
from opsystem.business.profile.channels import assign_addresses
from opsystem.operations import Actor
from tests.lifecycle.office import Office
from tests.web.hub.scene import browser

WHO = {"name": "Nina Park", "phone": "228 555 0190", "way": "text", "street": "7 Elm St", "city": "Hurley"}


@pytest.fixture
def open_for_booking(office: Office) -> Office:
    alice = office.actor(office.alice)
    assign_addresses.perform(office.vault, Actor.system(), {"sms_number": "+12285550100"})
    set_booking.perform(office.vault, alice, {"on": True, "lands_as": "visit"})
    add_service.perform(office.vault, alice, {"name": "Drain check", "minutes": 60, "price_cents": 9900})
    return office


class Booking:
    """Somebody who books: what the page's form carries is sent back as a browser would."""

    def __init__(self, office: Office, **who: str) -> None:
        self.office, self.tab = office, browser()
        self.path = f"/book/{office.number}"
        self.who = {**WHO, **who}
        self.told: Any = self.tab.get(self.path)

    def send(self, **typed: str) -> Any:
        hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', self.told.text)
        self.sent = {**dict(hidden), **typed}
        self.told = self.tab.post(self.path, self.sent)
        return self.told

    def to_times(self) -> list[str]:
        self.send(service="1")
        self.send(street=self.who["street"], city=self.who["city"])
        return re.findall(r'name="time" value="([^"]+)"', self.told.text)

    def to_check(self, time: str) -> Any:
        self.send(time=time)
        return self.send(**{name: self.who[name] for name in ("name", "phone", "way")})

    def code(self) -> str:
        return str(re.findall(r"code is ([0-9]{6})", payloads(self.office)[-1])[0])


def payloads(office: Office) -> list[str]:
    table = office.vault.schema.tables.outbox
    with office.vault.reading() as session:
        return [row.payload for row in session.execute(table.select().order_by(table.c.id))]


def count(office: Office, entity: Any) -> int:
    with office.vault.reading() as session:
        return len(session.scalars(select(entity)).all())


def test_a_stranger_books_in_five_steps_and_lands_on_a_page_of_his_own(open_for_booking: Office) -> None:
    booking = Booking(open_for_booking)
    assert "Drain check" in booking.told.text and "$99" in booking.told.text
    times = booking.to_times()
    assert len(times) > 5
    shown = booking.to_check(times[2])
    assert "Check your answers" in shown.text and "7 Elm St" in shown.text
    wrong = booking.send(code="000000")
    assert wrong.status_code == 422 and "7 Elm St" in wrong.text, "nothing typed is lost"
    done = booking.send(code=booking.code())
    assert done.status_code == 303
    again = booking.tab.post(booking.path, booking.sent)
    assert again.status_code == 303 and again["Location"] == done["Location"], "sent twice, booked once"
    page = browser().get(done["Location"], follow=True)
    assert "Drain check" in page.text and "Confirm visit" in page.text
    assert count(open_for_booking, Visit) == 1


def test_row_89_a_double_click_and_two_clients_on_one_slot_make_one_booking(open_for_booking: Office) -> None:
    first = Booking(open_for_booking)
    second = Booking(open_for_booking, phone="228 555 0191", name="Omar Reed")
    time = first.to_times()[0]
    assert time in second.to_times()
    first.send(time=time)
    taken = second.send(time=time)
    assert taken.status_code == 409 and "just been taken" in taken.text
    assert time not in re.findall(r'name="time" value="([^"]+)"', taken.text), "it is not offered again"
    assert 'value="7 Elm St"' in taken.text, "what was typed is still there"
    first.send(**{name: first.who[name] for name in ("name", "phone", "way")})
    sent = {"code": first.code()}
    first.send(**sent)
    answers: list[Any] = []

    def click() -> None:
        tab = Browser(HTTP_HOST="localhost")
        answers.append(tab.post(first.path, first.sent).status_code)

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert set(answers) <= {303}
    assert count(open_for_booking, Visit) == 1
    assert count(open_for_booking, Client) == 1


def test_a_known_client_is_known_by_the_proved_phone_and_nobody_is_told(open_for_booking: Office) -> None:
    booking = Booking(open_for_booking)
    booking.to_check(booking.to_times()[0])
    booking.send(code=booking.code())
    known = Booking(open_for_booking, name="Somebody Else")
    seen = known.to_check(known.to_times()[0]).text
    assert "Nina" not in seen and "already" not in seen
    assert known.send(code=known.code()).status_code == 303
    assert count(open_for_booking, Client) == 1


def test_who_may_not_book_gets_plain_words(open_for_booking: Office) -> None:
    robot = Booking(open_for_booking)
    assert "get back to you" in robot.send(service="1", website="https://spam.example").text
    office = open_for_booking
    set_booking.perform(office.vault, office.actor(office.alice), {"on": False})
    assert browser().get(f"/book/{office.number}").status_code == 404
    assert browser().get("/book/111111").status_code == 404
    assert count(office, Visit) == 0


def test_codes_cannot_be_asked_for_or_guessed_without_end(open_for_booking: Office) -> None:
    booking = Booking(open_for_booking)
    booking.to_check(booking.to_times()[0])
    code = booking.code()
    for _ in range(5):
        assert booking.send(code="999999" if code != "999999" else "111111").status_code == 422
    assert booking.send(code=code).status_code == 422, "after five wrong ones the right one is too late"
    before = len(payloads(open_for_booking))
    for _ in range(8):
        booking.send(back="details")
        booking.send(**{name: booking.who[name] for name in ("name", "phone", "way")})
    assert len(payloads(open_for_booking)) - before <= 3
