"""Rows 36 to 41 of the features, as far as quotes show them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from opsystem.business.acceptance.client_side import accept_own_quote, note_quote_viewed, read_own_quote
from opsystem.business.acceptance.converting import convert_quote
from opsystem.business.acceptance.operations import accept_quote
from opsystem.business.acceptance.queries import list_open_lines, show_acceptance
from opsystem.business.joblines.queries import list_job_lines
from opsystem.business.prices.operations import edit_price
from opsystem.business.quotes.document import hash_of
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.operations import duplicate_quote, refresh_quote_prices
from opsystem.business.quotes.queries import list_old_prices, show_quote
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business.quotes.offers import sent, three_options


def maria(client: int = 1) -> Actor:
    return Actor.client(client_id=client, name="Maria Alvarez")


def test_row_36_a_price_change_never_alters_a_sent_quote(vault: Vault, alice: Actor) -> None:
    before = sent(vault, alice)
    draft = duplicate_quote.perform(vault, alice, {"quote": before.ref}).value.ref
    edit_price.perform(vault, alice, {"price": "S-1", "price_cents": 99900})
    after = show_quote.ask(vault, alice, {"quote": before.ref})
    assert after.options == before.options
    assert after.document_hash == before.document_hash
    old = list_old_prices.ask(vault, alice)
    assert {(one.quote, one.copied_cents, one.now_cents) for one in old} == {(draft, 90000, 99900)}
    refresh_quote_prices.perform(vault, alice, {"quote": draft})
    assert show_quote.ask(vault, alice, {"quote": draft}).options[0].totals.total_cents == 99900
    assert list_old_prices.ask(vault, alice) == []


def test_row_37_one_of_three_options_is_accepted_and_the_rest_is_archived(vault: Vault, alice: Actor) -> None:
    quote = sent(vault, alice)
    assert [one.name for one in quote.options] == ["Good", "Better", "Best"]
    assert [one.totals.total_cents for one in quote.options] == [90000, 115000, 180000]
    better = quote.options[1].id
    given = {"quote": quote.ref, "name": "Maria Alvarez", "terms_version": 1, "option": better}
    accept_quote.perform(vault, alice, given)
    after = show_quote.ask(vault, alice, {"quote": quote.ref})
    assert [one.archived for one in after.options] == [True, False, True]
    assert after.state == "accepted"


def test_row_38_the_choice_of_optional_lines_is_stored_with_the_signature(vault: Vault, alice: Actor) -> None:
    quote = sent(vault, alice)
    best = quote.options[2]
    assert (best.totals.total_cents, best.with_all.total_cents) == (180000, 192000)
    flush = best.lines[1].id
    given = {
        "quote": quote.ref,
        "name": "Maria Alvarez",
        "terms_version": 1,
        "option": best.id,
        "optional_lines": [flush],
        "signature": "M10,10L500,300",
    }
    done = accept_own_quote.perform(vault, maria(), given).value
    assert (done.total_cents, done.lines, done.signature) == (192000, [flush], "M10,10L500,300")
    wrong = {**given, "optional_lines": [best.lines[0].id]}
    assert accept_own_quote.perform(vault, maria(), wrong).value == _again(done)


def test_row_39_terms_come_before_the_signature_and_the_evidence_is_kept(vault: Vault, alice: Actor) -> None:
    quote = sent(vault, alice)
    note_quote_viewed.perform(vault, maria(), {"quote": quote.ref})
    assert read_own_quote.ask(vault, maria(), {"quote": quote.ref}).terms == "Half down. Two years on labor."
    good: dict[str, Any] = {"quote": quote.ref, "name": "Maria Alvarez", "option": quote.options[0].id}
    with pytest.raises(Invalid) as refused:
        accept_own_quote.perform(vault, maria(), {**good, "terms_version": 0})
    assert refused.value.code == "other_terms"
    given = {**good, "terms_version": 1, "ip": "203.0.113.9", "device": "Firefox"}
    accept_own_quote.perform(vault, maria(), given)
    kept = show_acceptance.ask(vault, alice, {"quote": quote.ref})
    assert kept is not None
    assert (kept.name, kept.ip, kept.terms_version, kept.on_behalf) == (
        "Maria Alvarez",
        "203.0.113.9",
        1,
        False,
    )
    with vault.reading() as session:
        document = session.get_one(Quote, quote.id).document or ""
    assert kept.document_hash == hash_of(document)
    assert json.loads(document)["terms"] == "Half down. Two years on labor."


@pytest.mark.parametrize(
    ("deposit", "pays_all", "due"),
    [
        ({"milli_percent": 50000}, False, 45000),
        ({"cents": 20000}, False, 20000),
        ({"cents": 20000}, True, 90000),
    ],
)
def test_row_40_the_deposit_is_a_share_or_an_amount_or_all_at_the_clients_choice(
    vault: Vault, alice: Actor, deposit: dict[str, int], pays_all: bool, due: int
) -> None:
    quote = sent(vault, alice, deposit=deposit)
    given = {"quote": quote.ref, "name": "Maria Alvarez", "terms_version": 1, "option": quote.options[0].id}
    done = accept_own_quote.perform(vault, maria(), {**given, "pays_all": pays_all}).value
    assert done.due_now_cents == due


def test_row_41_partial_conversion_keeps_the_remaining_lines_open(vault: Vault, alice: Actor) -> None:
    quote = sent(vault, alice, discount={"milli_percent": 10000})
    best = quote.options[2]
    given = {"quote": quote.ref, "name": "Maria", "terms_version": 1, "option": best.id}
    accept_quote.perform(vault, alice, {**given, "optional_lines": [best.lines[1].id]})
    heater = best.lines[0].id
    part = {"quote": quote.ref, "parts": [{"line": heater, "quantity_milli": 1000}]}
    made = convert_quote.perform(vault, alice, part).value
    (line,) = list_job_lines.ask(vault, alice, {"job": made.ref}).lines
    assert (line.description, line.quantity_milli, line.discount_cents) == ("Water heater 40 gal", 1000, 9000)
    assert made.lines_left == 2
    left = list_open_lines.ask(vault, alice, {"quote": quote.ref})
    assert [one.open_milli for one in left] == [1000, 1000]
    convert_quote.perform(vault, alice, {"quote": quote.ref, "job": made.ref})
    lines = list_job_lines.ask(vault, alice, {"job": made.ref})
    assert (lines.subtotal_cents, lines.discount_cents) == (192000, 19200), "to the cent as accepted"
    with pytest.raises(Conflict) as nothing:
        convert_quote.perform(vault, alice, {"quote": quote.ref})
    assert nothing.value.code == "nothing_open"
    assert three_options(vault, alice)


def _again(done: Any) -> Any:
    return type(done)(**{**vars(done), "already": True})
