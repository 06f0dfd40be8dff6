"""Late, doubled, replaced, foreign and stale: each has a defined, shown outcome."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from opsystem.business.acceptance.client_side import accept_own_quote, decline_own_quote, read_own_quote
from opsystem.business.acceptance.operations import accept_quote
from opsystem.business.quotes.operations import (
    archive_quote,
    begin_editing_quote,
    edit_quote,
    mark_quote_sent,
    revise_quote,
    send_quote,
)
from opsystem.business.quotes.queries import list_quotes, quote_ageing, show_quote
from opsystem.kit.errors import Conflict, Invalid, NotFound, Problem
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from tests.business import scene
from tests.business.quotes.offers import sent, three_options

MARIA = Actor.client(client_id=1, name="Maria Alvarez")
LATER = datetime(2027, 6, 1, tzinfo=UTC)


def yes(quote: Any) -> dict[str, Any]:
    return {"quote": quote.ref, "name": "Maria", "terms_version": 1, "option": quote.options[0].id}


def refused(call: Any) -> str:
    with pytest.raises(Problem) as told:
        call()
    return told.value.code


def test_an_expired_revised_declined_or_archived_quote_is_not_accepted(vault: Vault, alice: Actor) -> None:
    quote = sent(vault, alice)
    assert refused(lambda: accept_quote.perform(vault, alice, yes(quote), at=LATER)) == "quote_expired"
    revision = revise_quote.perform(vault, alice, {"quote": quote.ref}).value
    assert refused(lambda: revise_quote.perform(vault, alice, {"quote": quote.ref})) == "revision_waits"
    mark_quote_sent.perform(vault, alice, {"quote": revision.ref})
    assert refused(lambda: accept_quote.perform(vault, alice, yes(quote))) == "quote_revised"
    old = show_quote.ask(vault, alice, {"quote": quote.ref})
    assert (old.state, old.options) == ("revised", quote.options), "the old one stays readable"
    newer = show_quote.ask(vault, alice, {"quote": revision.ref})
    assert [one.ref for one in newer.revisions] == [quote.ref, revision.ref]
    decline_own_quote.perform(vault, MARIA, {"quote": revision.ref, "reason": "Too dear"})
    assert refused(lambda: accept_own_quote.perform(vault, MARIA, yes(newer))) == "quote_declined"
    archive_quote.perform(vault, alice, {"quote": revision.ref})
    assert refused(lambda: accept_own_quote.perform(vault, MARIA, yes(newer))) == "quote_archived"


def test_a_revision_of_what_was_accepted_meanwhile_is_not_sent(vault: Vault, alice: Actor) -> None:
    quote = sent(vault, alice)
    revision = revise_quote.perform(vault, alice, {"quote": quote.ref}).value.ref
    accept_own_quote.perform(vault, MARIA, yes(quote))
    assert refused(lambda: mark_quote_sent.perform(vault, alice, {"quote": revision})) == "quote_accepted"


def test_a_draft_or_anothers_quote_is_not_there_for_a_client(vault: Vault, alice: Actor) -> None:
    draft = three_options(vault, alice)
    with pytest.raises(NotFound):
        read_own_quote.ask(vault, MARIA, {"quote": draft})
    mark_quote_sent.perform(vault, alice, {"quote": draft})
    stranger = Actor.client(client_id=2, name="Carl")
    scene.client(vault, alice, "Carl", "2285550199")
    with pytest.raises(NotFound):
        read_own_quote.ask(vault, stranger, {"quote": draft})
    shown = read_own_quote.ask(vault, MARIA, {"quote": draft})
    assert all(line.cost_cents is None for option in shown.options for line in option.lines)
    assert all(option.totals.cost_cents is None for option in shown.options)


def test_what_was_sent_is_never_edited(vault: Vault, alice: Actor) -> None:
    quote = sent(vault, alice)
    given = {"quote": quote.ref, "title": "Cheaper"}
    assert refused(lambda: edit_quote.perform(vault, alice, given)) == "quote_sent"


def test_two_people_editing_one_quote_see_each_other_and_lose_nothing(vault: Vault, alice: Actor) -> None:
    eve = scene.person(vault, alice, "Eve", Role.OFFICE)
    ref = three_options(vault, alice)
    assert begin_editing_quote.perform(vault, alice, {"quote": ref}).value == []
    assert begin_editing_quote.perform(vault, eve, {"quote": ref}).value == ["Alice Reyes"]
    edit_quote.perform(vault, eve, {"quote": ref, "base_version": 1, "title": "Eve's"})
    with pytest.raises(Conflict) as told:
        edit_quote.perform(vault, alice, {"quote": ref, "base_version": 1, "title": "Alice's"})
    assert told.value.code == "stale"
    assert told.value.fields == {"base_version": "2"}
    assert "Eve" in told.value.message
    assert show_quote.ask(vault, alice, {"quote": ref}).title == "Eve's"


def test_a_quote_without_lines_or_over_already_does_not_go_out(vault: Vault, alice: Actor) -> None:
    ref = three_options(vault, alice, expires_on="2020-01-01")
    assert refused(lambda: mark_quote_sent.perform(vault, alice, {"quote": ref})) == "expired"
    edit_quote.perform(vault, alice, {"quote": ref, "expires_on": "2099-01-01", "options": [{}]})
    assert refused(lambda: mark_quote_sent.perform(vault, alice, {"quote": ref})) == "no_lines"


@pytest.mark.parametrize("signature", ["<script>", "M1,1L2", "M1,1" * 6000, 'M1,1"/>', "m1,1l2,2"])
def test_a_signature_is_strokes_and_nothing_else(vault: Vault, alice: Actor, signature: str) -> None:
    quote = sent(vault, alice)
    with pytest.raises(Invalid):
        accept_own_quote.perform(vault, MARIA, {**yes(quote), "signature": signature})


def test_a_quote_goes_out_with_the_clients_own_link(vault: Vault, alice: Actor) -> None:
    scene.with_addresses(vault)
    ref = three_options(vault, alice)
    send_quote.perform(vault, alice, {"quote": ref, "channel": "sms"})
    (message,) = scene.rows(vault, "message")
    assert any("/c/" in str(value) and "Water heater" in str(value) for value in message)
    assert scene.outbox(vault) == [("sms", "queued")]
    assert show_quote.ask(vault, alice, {"quote": ref}).state == "sent"
    (row,) = list_quotes.ask(vault, alice, {"state": "waiting"}).rows
    assert row.total_cents == 180000
    assert quote_ageing.ask(vault, alice)[0].total_cents == 180000
