"""Payments by Stripe, from the page to the books, against Stripe as the sandbox speaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from opsystem.business.collecting.keeping import Errand, Finding
from opsystem.business.collecting.models import Checkout
from opsystem.business.collecting.operations import (
    begin_saving,
    charge_method,
    forget_method,
    list_checkouts,
    list_findings,
    refund_at_stripe,
    saved_methods,
    set_auto_charge,
    stripe_details,
    stripe_standing,
)
from opsystem.business.invoices.operations import void_invoice
from opsystem.business.invoices.queries import show_invoice
from opsystem.business.payments.models import Payment
from opsystem.business.payments.operations import record_payment
from opsystem.delivery.collecting.errands import next_errand, run_errand
from opsystem.delivery.collecting.nightly import compare
from opsystem.delivery.collecting.paying import page_address
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Forbidden, Invalid
from opsystem.operations import Actor
from opsystem.vendors.errors import GatewayError
from tests.business.opening import ALICE
from tests.delivery.collecting.till import Till


def _errands(till: Till) -> None:
    while (errand := next_errand(till.vault, clock.now())) is not None:
        run_errand(till.route, errand.id)


def _payments(till: Till) -> list[Payment]:
    with till.vault.reading() as session:
        return list(session.scalars(select(Payment).order_by(Payment.id)))


def _findings(till: Till) -> list[str]:
    return [row.words for row in list_findings.ask(till.vault, ALICE)]


def test_row_45_a_card_is_paid_on_stripes_page_and_told_of_twice_counts_once(
    till: Till, tmp_path: Path
) -> None:
    invoice = till.invoice(24_000)
    begun, url = till.page(invoice)
    till.vendors.pay(url)
    assert till.hear() > 0
    assert till.hear() == 0
    (payment,) = _payments(till)
    assert (payment.cents, payment.fee_cents, payment.reference) == (24_000, 726, "Visa ending in 4242")
    assert show_invoice.ask(till.vault, ALICE, {"invoice": invoice}).row.due_cents == 0
    assert [row.state for row in list_checkouts.ask(till.vault, ALICE)] == ["paid"]
    with pytest.raises(Conflict, match="paid"):
        till.page(invoice)
    assert begun.cents == 24_000
    # Card data is never stored: not in the vault's files, nor in what was told to Stripe.
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"4242424242424242" not in file.read_bytes()
    assert _findings(till) == []


def test_a_page_is_given_again_and_closed_when_the_amount_changes(till: Till) -> None:
    invoice = till.invoice(10_000)
    first, url = till.page(invoice)
    assert till.page(invoice) == (type(first)(first.ref, first.id, 10_000, url, None), url)
    record_payment.perform(
        till.vault, ALICE, {"client": till.maria, "cents": 4_000, "method": "cash", "invoices": [invoice]}
    )
    second, other = till.page(invoice)
    assert (second.cents, other == url) == (6_000, False)
    _errands(till)
    with pytest.raises(Exception, match="not taken"):
        till.vendors.pay(url)
    till.vendors.pay(other)
    till.hear()
    assert [one.cents for one in _payments(till)] == [4_000, 6_000]


def test_a_payment_of_a_voided_invoice_is_credit_and_somebody_is_told(till: Till) -> None:
    invoice = till.invoice(9_900)
    _, url = till.page(invoice)
    till.vendors.pay(url)
    void_invoice.perform(till.vault, ALICE, {"invoice": invoice, "reason": "Never done"})
    till.hear()
    assert "$99.00 is kept as the client's credit." in _findings(till)[0]
    assert till.balance()["2110"] == 9_900


def test_an_invoice_paid_two_ways_at_once_keeps_the_second_as_credit(till: Till) -> None:
    invoice = till.invoice(5_000)
    _, url = till.page(invoice)
    record_payment.perform(
        till.vault, ALICE, {"client": till.maria, "cents": 5_000, "method": "check", "invoices": [invoice]}
    )
    till.vendors.pay(url)
    till.hear()
    assert till.balance()["2110"] == 5_000
    assert len(_findings(till)) == 1


def test_a_declined_card_is_no_payment_and_another_one_may_be_tried(till: Till) -> None:
    invoice = till.invoice(5_000)
    _, url = till.page(invoice)
    with pytest.raises(Exception, match="not taken"):
        till.vendors.pay(url, "4000000000009995")
    till.hear()
    assert _payments(till) == []
    assert list_checkouts.ask(till.vault, ALICE)[0].problem == "insufficient_funds"
    till.vendors.pay(url)
    till.hear()
    assert len(_payments(till)) == 1


@pytest.mark.parametrize(("number", "ends"), [("000123456789", "paid"), ("000111116664", "failed")])
def test_a_bank_debit_counts_when_it_has_settled(till: Till, number: str, ends: str) -> None:
    invoice = till.invoice(50_000)
    _, url = till.page(invoice)
    till.vendors.pay(url, number)
    till.hear()
    assert list_checkouts.ask(till.vault, ALICE)[0].state in {"processing", ends}
    till.vendors.settle()
    till.hear()
    assert list_checkouts.ask(till.vault, ALICE)[0].state == ends
    assert [one.method for one in _payments(till)] == (["bank"] if ends == "paid" else [])
    assert len(_findings(till)) == (0 if ends == "paid" else 1)


def test_money_is_given_back_here_and_at_stripe_once_each(till: Till) -> None:
    invoice = till.invoice(20_000)
    _, url = till.page(invoice)
    till.vendors.pay(url)
    till.hear()
    (payment,) = _payments(till)
    refund_at_stripe.perform(till.vault, ALICE, {"payment": payment.ref, "cents": 3_000, "reason": "Late"})
    with pytest.raises(Invalid):
        refund_at_stripe.perform(till.vault, ALICE, {"payment": payment.ref, "cents": 18_000})
    # The answer is lost, and the same is asked again: given back once.
    till.vendors.faults({"kind": "lost_answer", "vendor": "stripe", "operation": "refunds.create"})
    errand = next_errand(till.vault, clock.now())
    assert errand is not None
    with pytest.raises(GatewayError):
        run_errand(till.route, errand.id)
    run_errand(till.route, errand.id)
    stripes = till.vendors.payments()[0]
    assert stripes["refunded"] == 3_000
    till.vendors.at_stripe(stripes["id"], "refund", 1_000)
    till.hear()
    till.hear()
    assert _payments(till)[0].refunded_cents == 4_000
    details = stripe_details.ask(till.vault, ALICE, {"payment": payment.ref})
    assert details is not None
    assert (details.refundable_cents, details.waiting_cents) == (16_000, 0)
    assert compare(till.route) == 0


@pytest.mark.parametrize("ends", ["win", "lose"])
def test_a_dispute_is_mirrored_with_its_deadline(till: Till, ends: str) -> None:
    invoice = till.invoice(20_000)
    _, url = till.page(invoice)
    till.vendors.pay(url)
    till.hear()
    intent = till.vendors.payments()[0]["id"]
    till.vendors.at_stripe(intent, "dispute")
    till.hear()
    (payment,) = _payments(till)
    details = stripe_details.ask(till.vault, ALICE, {"payment": payment.ref})
    assert details is not None
    assert details.disputes[0].due_by is not None
    assert "Answer at Stripe by" in _findings(till)[0]
    till.vendors.at_stripe(intent, ends)
    till.hear()
    open_cents = show_invoice.ask(till.vault, ALICE, {"invoice": invoice}).row.due_cents
    assert open_cents == (0 if ends == "win" else 20_000)


def test_a_card_is_kept_with_consent_charged_and_forgotten(till: Till) -> None:
    begun = begin_saving.perform(till.vault, ALICE, {"client": till.maria}).value
    till.vendors.pay(page_address(till.route, begun))
    till.hear()
    (method,) = saved_methods.ask(till.vault, ALICE, {"client": till.maria})
    assert (method.name, method.expires) == ("Visa ending in 4242", "12/2031")
    assert "Gulf Plumbing" in method.consent
    set_auto_charge.perform(till.vault, ALICE, {"method": method.ref, "on": True})
    invoice = till.invoice(7_700)
    charge_method.perform(till.vault, ALICE, {"invoice": invoice, "method": method.ref})
    with pytest.raises(Conflict):
        charge_method.perform(till.vault, ALICE, {"invoice": invoice, "method": method.ref})
    _errands(till)
    assert [one.cents for one in _payments(till)] == [7_700]
    forget_method.perform(till.vault, ALICE, {"method": method.ref})
    _errands(till)
    till.hear()
    assert saved_methods.ask(till.vault, ALICE, {"client": till.maria}) == []
    other = till.invoice(1_000)
    with pytest.raises(Conflict):
        charge_method.perform(till.vault, ALICE, {"invoice": other, "method": method.ref})


def test_a_kept_card_that_is_declined_later_is_told(till: Till) -> None:
    begun = begin_saving.perform(till.vault, ALICE, {"client": till.maria}).value
    till.vendors.pay(page_address(till.route, begun), "4000000000000341")
    till.hear()
    (method,) = saved_methods.ask(till.vault, ALICE, {"client": till.maria})
    invoice = till.invoice(7_700)
    charge_method.perform(till.vault, ALICE, {"invoice": invoice, "method": method.ref})
    with pytest.raises(GatewayError):
        _errands(till)
    till.hear()
    assert _payments(till) == []
    assert any("generic decline" in words for words in _findings(till))
    assert list_checkouts.ask(till.vault, ALICE)[0].state == "failed"


def test_the_nightly_comparison_finds_what_was_never_heard_and_what_differs(till: Till) -> None:
    invoice = till.invoice(30_000)
    _, url = till.page(invoice)
    till.vendors.pay(url)
    assert compare(till.route) == 0  # heard now, though no webhook ever came
    assert len(_payments(till)) == 1
    standing = stripe_standing.ask(till.vault, ALICE)
    assert (standing.state, standing.different, standing.compared_lines) == ("can_pay_out", 0, 1)


def test_without_a_complete_account_nothing_can_be_charged(till: Till) -> None:
    with till.vault.reading() as session:
        assert session.scalar(select(func.count(Errand.id)).where(Errand.due_at.is_not(None))) == 0
        assert session.scalar(select(func.count(Finding.id))) == 0
        assert session.scalar(select(func.count(Checkout.id))) == 0
    with pytest.raises(Forbidden):
        begin_saving.perform(till.vault, Actor.vendor("twilio"), {"client": till.maria})
