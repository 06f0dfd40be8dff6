"""A client answers a quote by his link: chooses, reads the terms, signs; and every way it can go wrong."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from opsystem.business.acceptance.queries import show_acceptance
from opsystem.business.conversations.models import Message
from opsystem.business.payments.operations import record_payment
from opsystem.business.quotes.operations import (
    add_quote,
    archive_quote,
    mark_quote_sent,
    revise_quote,
    set_quote_terms,
)
from opsystem.business.quotes.queries import show_quote
from opsystem.kit import clock
from tests.lifecycle.office import Office
from tests.web.hub.scene import Maria, browser, maria

HEATER = {"description": "Heater 50 gal", "quantity_milli": 1000, "unit_cents": 100_000}
TANK = {"description": "Expansion tank", "quantity_milli": 1000, "unit_cents": 25_000}
FLUSH = {"description": "Yearly flush", "quantity_milli": 1000, "unit_cents": 12_000, "optional": True}


class Offer:
    """A quote with two options, the better one with a line left to the client; half is asked for first."""

    def __init__(self, hers: Maria, *, sent_days_ago: int = 0, **more: Any) -> None:
        self.hers, self.office, self.tab = hers, hers.office, browser()
        self.alice = self.office.actor(self.office.alice)
        set_quote_terms.perform(self.office.vault, self.alice, {"body": "Half down. Two years on labor."})
        at = clock.now() - timedelta(days=sent_days_ago)
        options = [{"name": "Good", "lines": [HEATER]}, {"name": "Better", "lines": [HEATER, TANK, FLUSH]}]
        given = {"client": hers.ref, "title": "New heater", "options": options, **more}
        made = add_quote.perform(self.office.vault, self.alice, given, at=at).value
        mark_quote_sent.perform(self.office.vault, self.alice, {"quote": made.ref}, at=at)
        self.ref, self.path = made.ref, f"{hers.path}/quotes/{made.id}"
        self.told = show_quote.ask(self.office.vault, self.alice, {"quote": made.ref})
        self.better = self.told.options[1]
        self.flush = next(one.id for one in self.better.lines if one.optional)

    def hidden(self, page: Any) -> dict[str, str]:
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))

    def accept(self, **typed: str) -> Any:
        page = self.tab.get(f"{self.path}/accept?option={self.better.id}&line={self.flush}")
        sent = {"name": "Maria Alvarez", "agree": "yes", **self.hidden(page), **typed}
        return self.tab.post(f"{self.path}/accept", sent, follow=True)

    def evidence(self) -> Any:
        return show_acceptance.ask(self.office.vault, self.alice, {"quote": self.ref})


def offer(office: Office, **more: Any) -> Offer:
    return Offer(maria(office), deposit={"cents": 0, "milli_percent": 50_000}, **more)


def test_a_quote_is_chosen_priced_read_signed_and_its_deposit_asked_for(office: Office) -> None:
    made = offer(office)
    page = made.tab.get(made.path)
    assert "Check and accept" in page.text and "$1,000" in page.text and "$1,250" in page.text
    priced = made.tab.get(f"{made.path}?option={made.better.id}&line={made.flush}")
    assert "$1,370" in priced.text and "total of your choice" in priced.text
    check = made.tab.get(f"{made.path}/accept?option={made.better.id}&line={made.flush}").text
    assert check.index("First read the terms") < check.index("Your full name"), "terms come first"
    assert "Accept for $1,370" in check
    unread = made.accept(agree="")
    assert unread.status_code == 422 and "Read the terms" in unread.text
    assert 'value="Maria Alvarez"' in unread.text and made.evidence() is None
    nameless = made.accept(name="  ")
    assert nameless.status_code == 422 and made.evidence() is None
    done = made.accept(signature="M12,40L15,42L20,41")
    assert "You accepted this quote" in done.text and "To be paid now" in done.text
    assert "$685" in done.text and "We tell you how to pay it" in done.text, "no Stripe here yet"
    kept = made.evidence()
    assert (kept.option_name, kept.lines, kept.total_cents) == ("Better", [made.flush], 137_000)
    assert kept.ip == "127.0.0.1" and kept.signature.startswith("M12") and not kept.on_behalf
    given = {"client": made.hers.ref, "cents": 68_500, "method": "check", "deposit_for": made.ref}
    payment = record_payment.perform(office.vault, made.alice, given).value
    paid = made.tab.get(made.path)
    assert "We have received $685" in paid.text
    receipt = made.tab.get(f"{made.path}/receipts/{payment.id}.pdf")
    assert receipt.content.startswith(b"%PDF") and receipt["X-Robots-Tag"] == "noindex, nofollow"
    assert made.tab.get(f"{made.path}/receipts/{payment.id + 1}.pdf").status_code == 404


def test_a_second_acceptance_changes_nothing_and_says_so(office: Office) -> None:
    made = offer(office)
    other = made.tab.get(f"{made.path}/accept?option={made.told.options[0].id}")
    late = {"name": "Somebody", "agree": "yes", **made.hidden(other)}
    first = made.accept()
    assert "Thank you. You accepted" in first.text
    second = made.tab.post(f"{made.path}/accept", late, follow=True)
    assert "was accepted already" in second.text and "$1,370" in second.text
    assert made.evidence().name == "Maria Alvarez"
    assert made.tab.get(f"{made.path}/accept?option=1", follow=True).status_code == 200
    assert "You accepted" in made.tab.get(f"{made.path}/decline", follow=True).text


def test_expired_revised_withdrawn_and_declined_quotes_each_say_what_is_to_be_done(office: Office) -> None:
    hers, today = maria(office), clock.now().date()
    expired = Offer(hers, sent_days_ago=10, expires_on=(today - timedelta(days=3)).isoformat())
    told = expired.tab.get(expired.path)
    assert "This quote has expired" in told.text and "Ask for a new quote" in told.text
    assert "Check and accept" not in told.text
    asked = expired.tab.post(f"{expired.path}/ask", {"text": "Is it still possible?"}, follow=True)
    assert "We answer by text" in asked.text

    revised = Offer(hers)
    waiting = revised.hidden(revised.tab.get(f"{revised.path}/accept?option={revised.better.id}"))
    newer = revise_quote.perform(office.vault, revised.alice, {"quote": revised.ref}).value
    mark_quote_sent.perform(office.vault, revised.alice, {"quote": newer.ref})
    late = revised.tab.post(f"{revised.path}/accept", {"name": "M", "agree": "yes", **waiting}, follow=True)
    assert f"replaced by {newer.ref}" in late.text and f"/quotes/{newer.id}" in late.text
    assert revised.evidence() is None

    gone = Offer(hers)
    archive_quote.perform(office.vault, gone.alice, {"quote": gone.ref})
    assert "was withdrawn" in gone.tab.get(gone.path).text
    assert gone.ref not in gone.tab.get(hers.path).text, "it waits for no answer"

    declined = Offer(hers)
    no = declined.tab.post(f"{declined.path}/decline", {"reason": "Too dear"}, follow=True)
    assert "You declined this quote" in no.text
    shown = show_quote.ask(office.vault, declined.alice, {"quote": declined.ref})
    assert shown.state == "declined"
    assert [one.words for one in shown.happened if one.what == "declined"] == ["Too dear"]


def test_a_wish_for_a_change_is_noted_and_lands_as_a_message(office: Office) -> None:
    made = offer(office)
    empty = made.tab.post(f"{made.path}/ask", {"text": "  "})
    assert empty.status_code == 422
    done = made.tab.post(f"{made.path}/ask", {"text": "A smaller one, please"}, follow=True)
    assert "You asked for a change" in done.text and "Check and accept" in done.text
    shown = show_quote.ask(office.vault, made.alice, {"quote": made.ref})
    assert shown.state == "changes_asked"
    with office.vault.reading() as session:
        assert [one.body for one in session.query(Message)] == [f"About {made.ref}: A smaller one, please"]


def test_rubbish_and_foreign_choices_accept_nothing(office: Office) -> None:
    made, other = offer(office), maria(office, "Zoe Lake", "2285550177")
    for choice in ("", "?option=99999", "?option=x&line=-1", "?line=1e9"):
        lands = made.tab.get(f"{made.path}/accept{choice}", follow=True)
        assert "Choose one of" in lands.text, choice
    for typed in (
        {"terms_version": "0"},
        {"terms_version": "x"},
        {"signature": "<script>"},
    ):
        assert made.accept(**typed).status_code == 422, typed
    assert "Choose one of the options" in made.accept(option="77").text
    number = made.path.rpartition("/")[2]
    for page in ("", "/accept", "/decline", "/ask", "/pay", "/paper.pdf"):
        assert browser().get(f"{other.path}/quotes/{number}{page}").status_code == 404, page
    assert browser().post(f"{other.path}/quotes/{number}/accept", {"name": "Z"}).status_code == 404
    assert made.evidence() is None
