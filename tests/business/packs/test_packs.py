"""Promises about what a new business finds waiting."""

from __future__ import annotations

import pytest

from opsystem.business.checklists.queries import list_checklists
from opsystem.business.packs.contents import Pack, common_pack, trade_packs
from opsystem.business.packs.operations import install_pack
from opsystem.business.packs.queries import list_packs
from opsystem.business.prices.operations import edit_price, remove_price
from opsystem.business.prices.queries import list_prices
from opsystem.business.templates.filling import fill, unknown_blanks
from opsystem.business.templates.queries import list_templates
from opsystem.kit.errors import Forbidden, Invalid
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business.digest import digest, undo

TRADES = {
    "plumbing",
    "hvac",
    "electrical",
    "roofing",
    "landscaping",
    "cleaning",
    "washing",
    "detailing",
}

# Longer than most, so that a template that fits these fits.
SAMPLES = {
    "biz": "Gulf Coast Plumbing",
    "owner": "Alexandra",
    "first": "Maximilian",
    "street": "1248 Old Mill Road Unit 12",
    "date": "Wed Nov 25",
    "time": "10:30 AM",
    "window": "9:00 to 10:00 AM",
    "access": "the driveway",
    "tech": "Christopher",
    "eta": "120",
    "min": "120",
    "hours": "24",
    "no": "I-12345",
    "total": "$12,345.00",
    "amount": "$12,345.00",
    "days": "21",
    "link": "https://ops.example/c/4kQ7vX2p",
}


def test_there_is_a_pack_for_each_of_the_eight_trades(vault: Vault, alice: Actor) -> None:
    assert trade_packs().keys() == TRADES
    assert {row.name for row in list_packs.ask(vault, alice)} == TRADES


@pytest.mark.parametrize("name", sorted(TRADES))
def test_a_pack_fills_the_lists_once(vault: Vault, alice: Actor, name: str) -> None:
    before = digest(vault)
    [row] = [row for row in list_packs.ask(vault, alice) if row.name == name]
    done = install_pack.perform(vault, alice, {"name": name})
    assert len(list_prices.ask(vault, alice, {"suggested_only": True})) == row.prices >= 12
    checklists = list_checklists.ask(vault, alice)
    assert len(checklists) == row.checklists >= 2
    assert all(checklist.suggested and checklist.items for checklist in checklists)
    assert len(list_templates.ask(vault, alice)) == row.templates >= 15
    assert install_pack.perform(vault, alice, {"name": name}).change_set_id is None
    assert [row.name for row in list_packs.ask(vault, alice) if row.installed] == [name]
    undo(vault, done.change_set_id)
    assert digest(vault) == before


def test_a_second_pack_leaves_what_is_there_alone(vault: Vault, alice: Actor) -> None:
    install_pack.perform(vault, alice, {"name": "plumbing"})
    edit_price.perform(vault, alice, {"price": "S-1", "price_cents": 11100})
    remove_price.perform(vault, alice, {"price": "S-2"})
    before = {row.ref: row for row in list_prices.ask(vault, alice)}
    for name in ("plumbing", "hvac"):
        install_pack.perform(vault, alice, {"name": name})
    after = {row.ref: row for row in list_prices.ask(vault, alice)}
    assert {ref: after[ref] for ref in before} == before
    assert "S-2" not in after, "a removed price does not come back unasked"


@pytest.mark.parametrize("pack", [common_pack(), *trade_packs().values()], ids=lambda pack: pack.title)
def test_every_text_is_short_and_plain_once_filled(pack: Pack) -> None:
    for template in pack.templates:
        assert unknown_blanks(template.body) == ()
        filled = fill(template.body, SAMPLES)
        assert filled.missing == ()
        assert filled.text.isascii()
        assert len(filled.text) <= 160, template.key


@pytest.mark.parametrize("pack", trade_packs().values(), ids=lambda pack: pack.title)
def test_every_pack_is_sound(pack: Pack) -> None:
    for names in (
        [price.name.lower() for price in pack.prices],
        [checklist.name.lower() for checklist in pack.checklists],
        [template.key for template in (*pack.templates, *common_pack().templates)],
    ):
        assert len(names) == len(set(names))
    for price in pack.prices:
        assert price.price > 0
        assert price.cost is None or price.cost < price.price, price.name
    assert any("questions on the phone" in checklist.name for checklist in pack.checklists)


def test_an_unknown_pack_is_refused_at_its_field(vault: Vault, alice: Actor) -> None:
    for name in ("bakery", "common", "../plumbing"):
        with pytest.raises(Invalid) as caught:
            install_pack.perform(vault, alice, {"name": name})
        assert caught.value.fields["name"].startswith("Choose one of: cleaning, detailing")


def test_bob_and_dana_install_nothing(vault: Vault, bob: Actor, dana: Actor) -> None:
    for actor in (bob, dana):
        with pytest.raises(Forbidden):
            install_pack.perform(vault, actor, {"name": "plumbing"})
