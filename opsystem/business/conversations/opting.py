"""Understanding that somebody wants no more messages, or wants them again.

In the United States a wish to stop counts in any reasonable words (47 CFR 64.1200(a)(10)), so this
reads exact words, eight languages and common wordings. Who is unsure stops: a message too few
can be sent later. The words themselves stand in `opting_words`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from opsystem.business.conversations.opting_words import (
    HELP_WORDS,
    START_WORDS,
    STOP_PATTERNS,
    STOP_WORDS,
)

Wish = Literal["stop", "start", "help"]

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc`", "'"))
_MOST = 400
_STOP = re.compile("|".join(f"(?:{pattern})" for pattern in STOP_PATTERNS))
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# The line with which mail programs begin a quoted message ("On Tue, ... wrote:").
_QUOTE = re.compile(r"(?:On|El|Le|Am|Em|Il)\b.{5,200}:$|-{2,}.*(?:Original|Forwarded).*-{2,}$|_{10,}$|-- ?$")
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060]+")


def plain(text: str) -> str:
    """Return words without accents, case, wide letters, punctuation at the edges and double spaces."""
    wide = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(character for character in wide if not unicodedata.combining(character))
    return _EDGES.sub("", _SPACES.sub(" ", bare.translate(_APOSTROPHES)))


def wish_of(text: str) -> Wish | None:
    """Return what a message wishes about further messages, or None when it speaks of something else."""
    words = plain(text)
    if words in STOP_WORDS:
        return "stop"
    if words in START_WORDS:
        return "start"
    if words in HELP_WORDS:
        return "help"
    squeezed = words.replace(" ", "").replace(".", "").replace("-", "")
    if squeezed in STOP_WORDS:
        return "stop"
    return "stop" if _STOP.search(words[:_MOST]) else None


def own_words(body: str) -> str:
    """Return what the writer of an email wrote himself: what stands before a quoted message."""
    lines: list[str] = []
    for line in body.splitlines():
        if line.lstrip().startswith(">") or _QUOTE.match(line.strip()):
            break
        lines.append(line)
    return "\n".join(lines).strip()
