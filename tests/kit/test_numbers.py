"""Numbers of cards and bank accounts are taken out of texts, and other numbers stay."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsystem.business.nouns import CATALOGUE
from opsystem.kit.numbers import mask_all, mask_text, told_of
from opsystem.kit.numbers.accounts import is_routing
from opsystem.kit.numbers.cards import is_card

CARDS = (
    "4242424242424242", "5555555555554444", "2223003122003222", "378282246310005", "6011111111111117",
    "30569309025904", "3566002020360505", "6200000000000005", "4000002760003184", "4111111111111111110",
)  # fmt: skip


def _written(digits: str, how: str) -> str:
    if how == "none":
        return digits
    size = {"four": 4, "two": 2, "one": 1}.get(how, 4)
    return (" " if how != "dash" else "-").join(digits[at : at + size] for at in range(0, len(digits), size))


@pytest.mark.parametrize("digits", [card for card in CARDS if is_card(card)])
@pytest.mark.parametrize("how", ["none", "four", "dash", "two", "one"])
def test_a_card_number_is_taken_out_however_it_is_written(digits: str, how: str) -> None:
    masked = mask_text(f"Please charge {_written(digits, how)}, exp 12/29, thanks.")
    assert masked == f"Please charge ••••{digits[-4:]}, exp 12/29, thanks."


def test_most_of_the_known_test_numbers_are_cards() -> None:
    assert sum(is_card(card) for card in CARDS) >= 9


@pytest.mark.parametrize(
    "text",
    [
        "Routing 021000021, account 000123456789",
        "acct 000123456789 aba 021000021",
        "My checking: 021000021 / 000123456789",
        "IBAN DE89 3704 0044 0532 0130 00",
        "gb82west12345698765432",
    ],
)
def test_an_account_number_is_taken_out(text: str) -> None:
    masked = mask_text(text)
    assert "••••" in masked
    for secret in ("021000021", "000123456789", "0532", "12345698"):
        assert secret not in masked


@pytest.mark.parametrize(
    "text",
    [
        "Call (228) 555-0142 or 228-555-0143, or +1 228 555 0144.",
        "2285550142 2285550143",
        "USPS 9400 1000 0000 0000 0000 00, UPS 1Z999AA10123456784, FedEx 794644790138",
        "Model 4006381333931, serial AB4242424242424242CD",
        "From 2026-11-23 09:00 to 2026-11-24 17:30, I-1042 and J-204.",
        "<4242424242424242@mg.example.com>",
        "Permit 021000021 was filed on 2026-11-23.",
        "ZIP 39555-0142, lot 12, $1,240.00 and $12,345,678.90",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_text(text) == text


_PHONE = st.from_regex(r"\([2-9][0-9]{2}\) [2-9][0-9]{2}-[0-9]{4}", fullmatch=True)
_BARE = st.from_regex(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True)
_OTHER = st.one_of(
    _PHONE,
    _BARE,
    st.from_regex(r"[CJVI]-[1-9][0-9]{0,5}", fullmatch=True),
    st.dates().map(str),
    st.datetimes().map(lambda moment: f"{moment:%Y-%m-%d %H:%M}"),
    st.integers(0, 10**8).map(lambda cents: f"${cents / 100:,.2f}"),
    st.from_regex(r"[0-9]{5}(-[0-9]{4})?", fullmatch=True),
    st.from_regex(r"94001[0-9]{17}", fullmatch=True),
    st.uuids().map(lambda one: one.hex),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_OTHER, min_size=1, max_size=8), st.sampled_from([" ", ", ", " and ", "\n"]))
def test_what_a_business_writes_all_day_is_never_taken_for_a_card(words: list[str], between: str) -> None:
    text = between.join(words)
    assert mask_text(text) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from(CARDS[:7]), st.text(max_size=60))
def test_a_card_number_between_any_words_is_never_kept(before: str, card: str, after: str) -> None:
    masked = mask_text(f"{before}\n| {card} |\n{after}")
    assert card not in masked
    assert mask_text(masked) == masked


def test_texts_are_masked_however_deep_they_stand() -> None:
    given = {"a": [{"4242 4242 4242 4242": ("5555555555554444", 7, None)}], "b": True}
    assert mask_all(given) == {"a": [{"••••4242": ("••••4444", 7, None)}], "b": True}
    assert told_of(given)
    assert not told_of({"a": "nothing here"})


def test_a_long_text_of_digits_takes_no_long_time() -> None:
    hostile = ("021000021 account " * 3000) + "4" * 50_000 + " 4242" * 10_000
    assert mask_text(hostile)


def test_routing_numbers_have_their_check_digit() -> None:
    assert is_routing("021000021")
    assert not is_routing("021000022")
    assert not is_routing("999999999")


def test_no_text_input_of_any_operation_takes_a_card_number() -> None:
    """Every field that takes text, of everything in the catalogue, through the one place all doors use."""
    secret = "4242 4242 4242 4242"
    looked_at = 0
    for entry in CATALOGUE:
        for name, field in entry.schema().get("properties", {}).items():
            if field.get("type") != "string" and not any(
                one.get("type") == "string" for one in field.get("anyOf", [])
            ):
                continue
            looked_at += 1
            model = entry.input
            checked = mask_all({name: secret})
            assert secret not in json.dumps(checked), (entry.name, name)
            assert name in model.model_fields
    assert looked_at > 100
