"""What a message is for, and by which way it goes: people and their wishes are asked by these."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """What somebody at a client may be the one to hear about."""

    VISITS = "visits"
    INVOICES = "invoices"
    QUOTES = "quotes"
    MARKETING = "marketing"


class Topic(StrEnum):
    """What a client may want or not want to hear about. Quotes and invoices are both money."""

    VISITS = "visits"
    MONEY = "money"
    MARKETING = "marketing"


class Channel(StrEnum):
    """A way to reach somebody."""

    TEXT = "text"
    EMAIL = "email"
    CALL = "call"


TOPIC_OF = {
    Purpose.VISITS: Topic.VISITS,
    Purpose.INVOICES: Topic.MONEY,
    Purpose.QUOTES: Topic.MONEY,
    Purpose.MARKETING: Topic.MARKETING,
}
# How messages name their channel.
CHANNEL_OF = {"sms": Channel.TEXT, "email": Channel.EMAIL, "call": Channel.CALL}
