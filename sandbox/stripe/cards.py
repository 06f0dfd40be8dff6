"""Stripe's own test numbers and what each does (https://docs.stripe.com/testing)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TestCard:
    """A test number and what it does."""

    number: str
    says: str
    brand: str = "visa"
    decline: str = ""  # decline code, "" where it is taken
    later: str = ""  # decline code of charges after it was saved


CARDS = {
    card.number: card
    for card in (
        TestCard("4242424242424242", "is taken"),
        TestCard("5555555555554444", "is taken", "mastercard"),
        TestCard("378282246310005", "is taken", "amex"),
        TestCard("4000000000000002", "is declined", decline="generic_decline"),
        TestCard("4000000000009995", "has not enough money", decline="insufficient_funds"),
        TestCard("4000000000000069", "has expired", decline="expired_card"),
        TestCard("4000000000000341", "can be saved, later charges fail", later="generic_decline"),
    )
}
