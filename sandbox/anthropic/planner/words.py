"""Small grammar: titles, names, sentences."""

from __future__ import annotations

import re

_TITLE = re.compile(r"^(mrs|mr|ms|miss|dr|prof)\.?\s+", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|so|and|please|claude|now)[,!]?\s+)+(?=\w)|"
    r"^(?:can|could|would|will) you (?:please )?|^(?:i'?d like (?:you )?to|i want (?:you )?to|i need (?:you "
    r")?to|let'?s|please) ",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """The user's words with straight quotes, single spaces, and without politeness and closing marks."""
    text = text.translate(str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--"))
    text = re.sub(r"\s+", " ", text).strip()
    while True:
        shorter = _POLITE.sub("", text, count=1)
        if shorter == text or not shorter:
            break
        text = shorter
    text = re.sub(r",? (?:please|thanks|thank you)[.!]*$", "", text, flags=re.IGNORECASE)
    return text.rstrip(" .?!") or text


def split_title(name: str) -> tuple[str | None, str]:
    """`Mrs Alvarez` is `Mrs.` and `Alvarez`; without a title the first is None."""
    name = re.sub(r"^(?:the client|client|our client|the) ", "", name.strip(" ,.:\"'"), flags=re.IGNORECASE)
    found = _TITLE.match(name)
    if found is None:
        return None, name
    title = found[1].capitalize()
    return (title if title == "Miss" else f"{title}."), name[found.end() :]


def own(name: str) -> str:
    """`Alvarez's` is `Alvarez`."""
    return re.sub(r"'s?$", "", name.strip())


def sentence(words: str) -> str:
    """A capital at the front, a point at the end."""
    words = words.strip(" ,")
    if not words:
        return ""
    words = re.sub(r"\bi\b(?=$|[ ,'.])", "I", words)
    ended = words if words[-1] in ".!?" else f"{words}."
    return ended[0].upper() + ended[1:]


def unquoted(words: str) -> str | None:
    """What stands between the quotes, where the whole is quoted."""
    found = re.fullmatch(r"[:,]?\s*[\"'](.+)[\"']", words.strip(), re.DOTALL)
    return found[1].strip() if found is not None else None


def listed(items: list[str]) -> str:
    """`a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def many(number: int, noun: str) -> str:
    """`1 visit`, `2 visits`."""
    return f"{number} {noun if number == 1 else noun + 's'}"
