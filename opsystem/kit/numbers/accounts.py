"""Bank account numbers in a text: a US routing number beside an account number, and IBANs.

Routing numbers: ABA key to routing numbers, check digit 3-7-1. IBAN: ISO 13616, check by modulo 97.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"(?<![\w+@.$-])\d(?:[ -]?\d){3,16}(?![\w@]|[.,]\d)")
_WORDS = re.compile(
    r"\b(?:routing|aba|rtn|account|acct|a/c|checking|savings|bank|ach|wire|direct deposit)\b|[\u2446-\u2449]",
    re.IGNORECASE,
)
_APART, _NEAR, _ROUTING = 60, 60, 9
_BESIDE = 3  # numbers to either side that are looked at
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "BR": 29, "CH": 21, "CR": 22, "CY": 28, "CZ": 24,
    "DE": 22, "DK": 18, "DO": 28, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PT": 25, "QA": 29,
    "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29,
}  # fmt: skip


def accounts_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each account number is, and its digits; the routing number beside it as well."""
    found = [(one.start(), one.end(), re.sub(r"[ -]", "", one[0])) for one in _NUMBER.finditer(text)]
    spans: dict[int, tuple[int, int, str]] = {}
    for place, routing in enumerate(found):
        if not is_routing(routing[2]):
            continue
        for other in found[max(0, place - _BESIDE) : place + _BESIDE + 1]:
            apart = max(other[0] - routing[1], routing[0] - other[1])
            if other is routing or apart > _APART:
                continue
            begin, end = min(routing[0], other[0]), max(routing[1], other[1])
            if _WORDS.search(text, max(0, begin - _NEAR), end + _NEAR):
                spans |= {routing[0]: routing, other[0]: other}
    yield from (spans[at] for at in sorted(spans))


def is_routing(digits: str) -> bool:
    """Say whether nine digits are a US bank's routing number."""
    if len(digits) != _ROUTING or not digits.isascii():
        return False
    two = int(digits[:2])
    if not (1 <= two <= 12 or 21 <= two <= 32 or 61 <= two <= 72 or two == 80):
        return False
    return sum(int(digit) * (3, 7, 1)[place % 3] for place, digit in enumerate(digits)) % 10 == 0


def ibans_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each IBAN is, and its characters."""
    for one in _IBAN.finditer(text):
        length = _LENGTHS.get(one[0][:2].upper())
        if length is None:
            continue
        plain, end = "", one.start()
        for letter in one[0]:
            end += 1
            plain += letter.upper() if letter.isalnum() else ""
            if len(plain) == length:
                break
        if len(plain) == length and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1:
            yield one.start(), end, plain
