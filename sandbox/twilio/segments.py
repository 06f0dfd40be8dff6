"""How many segments a text takes, as carriers count.

GSM 03.38 septets, or UCS-2 where one character is outside that alphabet.
"""

from __future__ import annotations

_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = set("^{}\\[~]|€\f")  # two septets each


def segments(body: str) -> int:
    """The number of segments: 160 or 70 characters alone, 153 or 67 in a chain."""
    if all(letter in _BASIC or letter in _EXTENDED for letter in body):
        length, alone, chained = sum(2 if letter in _EXTENDED else 1 for letter in body), 160, 153
    else:
        length, alone, chained = len(body.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else -(-length // chained)
