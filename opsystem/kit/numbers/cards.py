"""Card numbers in a text: known prefix, right length, right check digit, and written as people do.

Lengths and prefixes are the card networks' own; the check digit is ISO/IEC 7812-1, annex B (Luhn).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Runs of digits with what people put between them; unseen characters are no disguise.
_BETWEEN = r"[\s\-\u2010-\u2015.,_/\u00b7\u200b-\u200d\u2060\ufeff]"
_RUN = re.compile(rf"(?:(?<![\w+<])|(?<=[cC]ard)|(?<=[vV]isa))\d(?:{_BETWEEN}{{0,3}}\d)+(?![\w@])")
_GROUP = re.compile(r"\d+")
_LEAST, _MOST = 13, 19
_CONTEXT = re.compile(r"\b(?:card|visa|cc|cvv|cvc|credit|debit|exp)\b", re.IGNORECASE)
_NEAR = 40


def cards_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each card number is, and its digits."""
    for run in _RUN.finditer(text):
        groups = [(run.start() + one.start(), one[0]) for one in _GROUP.finditer(run[0])]
        groups = [(at, _plain(digits)) for at, digits in groups]
        first = 0
        while first < len(groups):
            taken = max(_windows(text, groups, first), default=0)
            if taken:
                last_at, last = groups[first + taken - 1]
                digits = "".join(part for _, part in groups[first : first + taken])
                yield groups[first][0], last_at + len(last), digits
            first += taken or 1


def _windows(text: str, groups: list[tuple[int, str]], first: int) -> Iterator[int]:
    """Yield how many groups from the first one are a card number."""
    digits = ""
    for count in range(1, len(groups) - first + 1):
        digits += groups[first + count - 1][1]
        if len(digits) > _MOST:
            return
        sizes = [len(part) for _, part in groups[first : first + count]]
        if len(digits) < _LEAST or not is_card(digits):
            continue
        # Visa has given out no 13 digits for decades, and barcodes have just as many; and in any other groups
        # than these, digits are a card number where the words beside them say so.
        near, at = max(0, groups[first][0] - _NEAR), groups[first][0]
        plain = len(digits) > _LEAST and _is_written_so(sizes)
        if plain or _CONTEXT.search(text, near, at + _NEAR):
            yield count


def _is_written_so(sizes: list[int]) -> bool:
    """Say whether people write card numbers in such groups; two phone numbers in a row are none."""
    if len(sizes) == 1 or tuple(sizes) in {(4, 6, 5), (4, 6, 4)} or set(sizes) in ({1}, {2}):
        return True
    if set(sizes[:-1]) in ({4}, {2}) and 1 <= sizes[-1] <= 4:
        return True
    return all(size % 4 == 0 for size in sizes)


def is_card(digits: str) -> bool:
    """Say whether digits have a card network's prefix, its length and a right check digit."""
    return len(set(digits)) > 1 and len(digits) in _lengths(digits) and _luhn(digits)


def _lengths(digits: str) -> range | tuple[int, ...]:
    two, three, four = int(digits[:2]), int(digits[:3]), int(digits[:4])
    if digits[0] == "4":
        return (13, 16, 19)
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return (16,)
    if two in (34, 37):
        return (15,)
    if 300 <= three <= 305 or two in (36, 38, 39):
        return (14, 16)
    if 3528 <= four <= 3589 or four == 6011 or 644 <= three <= 649 or two in (62, 65):
        return range(16, 20)
    if two in (50, 56, 57, 58, 67) or four == 6304:
        return (16, 18, 19)
    return ()


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _plain(digits: str) -> str:
    """Return digits of any script as plain ones."""
    return "".join(str(int(digit)) for digit in digits)
