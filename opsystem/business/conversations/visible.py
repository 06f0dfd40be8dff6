"""Words as they can be seen: what a person approves must hold nothing that a screen does not show."""

from __future__ import annotations

import re

from pydantic import AfterValidator

# Control characters, soft hyphens, zero-width spaces, overrides of the writing direction, and tag
# characters (Unicode's invisible twin of ASCII). Joiners and direction marks stay: emoji and
# languages need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Return a text without characters that cannot be seen, its lines ended as usual here."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _seen(text: str) -> str:
    cleaned = visible(text).strip()
    if not cleaned:
        raise ValueError("This is needed.")
    return cleaned


VISIBLE = AfterValidator(_seen)
