"""What is found is taken out before anything is kept: four dots and the last four characters stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opsystem.kit.numbers.accounts import accounts_in, ibans_in
from opsystem.kit.numbers.cards import cards_in

TOLD = (
    "A card or bank account number was taken out of what you wrote: only its last four digits are kept. "
    "Let clients type such numbers on the payment page."
)
# Shorter texts hold none: the least is a routing number with four digits beside it.
_SHORTEST = 13
_MANY_DIGITS = re.compile(r"\d(?:\D{0,60}\d){12}", re.DOTALL)


def mask_text(text: str) -> str:
    """Return a text without numbers of cards and bank accounts; the same text where there are none."""
    if len(text) < _SHORTEST or not _MANY_DIGITS.search(text):
        return text
    spans = sorted({*cards_in(text), *accounts_in(text), *ibans_in(text)})
    pieces, end = [], 0
    for start, stop, plain in spans:
        if start >= end:
            pieces += [text[end:start], f"••••{plain[-4:]}"]
            end = stop
    return "".join([*pieces, text[end:]]) if pieces else text


def mask_all(value: Any) -> Any:
    """Return a value with every text in it masked, however deep it stands."""
    if isinstance(value, str):
        # A word of a fixed list is a text as well, and stays what it is.
        return mask_text(value) if type(value) is str else value
    if isinstance(value, Mapping):
        return {mask_all(name): mask_all(one) for name, one in value.items()}
    if type(value) in (list, tuple):
        return type(value)(mask_all(one) for one in value)
    return value


def told_of(given: Any) -> str:
    """Return what to tell whoever gave this, "" where nothing is taken out."""
    return TOLD if any(mask_text(text) != text for text in _texts(given)) else ""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(name)
            yield from _texts(one)
    elif type(value) in (list, tuple):
        for one in value:
            yield from _texts(one)
