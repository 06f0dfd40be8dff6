"""Filling the blanks of a template: `{first}` and nothing cleverer, so that no template can reach further."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_BLANK = re.compile(r"\{([a-z][a-z0-9_]{0,30})\}")

BLANKS = {
    "biz": "the business's name",
    "owner": "the owner's first name",
    "first": "the client's first name",
    "name": "the client's name",
    "street": "the street of the visit",
    "date": "the day of the visit",
    "time": "a time of day",
    "window": "the arrival window",
    "access": "what has to be kept clear",
    "tech": "the first name of whoever comes",
    "eta": "minutes until arrival",
    "min": "minutes of delay",
    "hours": "a number of hours",
    "title": "what the job is",
    "no": "a number people can say",
    "total": "an amount",
    "amount": "an amount",
    "due": "the day a payment is due",
    "days": "a number of days",
    "link": "a link",
}


@dataclass(frozen=True)
class Filled:
    """A text with its blanks filled; `missing` names those that no value was given for."""

    text: str
    missing: tuple[str, ...]


def blanks_of(text: str) -> tuple[str, ...]:
    """Return the names of a text's blanks, each once, in their order."""
    return tuple(dict.fromkeys(_BLANK.findall(text)))


def unknown_blanks(text: str) -> tuple[str, ...]:
    """Return the blanks that nothing of ours fills."""
    return tuple(name for name in blanks_of(text) if name not in BLANKS)


def fill(template: str, values: Mapping[str, str]) -> Filled:
    """Put values into the blanks of a template.

    A blank without a value stays in the text as it is and is reported. Values are taken as
    they are: a blank inside a value is not filled again.
    """
    missing = tuple(name for name in blanks_of(template) if not values.get(name))
    return Filled(_BLANK.sub(lambda match: values.get(match[1]) or match[0], template), missing)
