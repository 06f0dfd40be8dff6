"""The words of a text or email, made from what the user wants said. Nothing is added that was not said."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sandbox.anthropic.planner.dates import Span, find_when, with_date
from sandbox.anthropic.planner.times import Hours, find_hours
from sandbox.anthropic.planner.words import sentence, unquoted

_CLAUSES = re.compile(
    r"(?:,? and |,? then |, |; ?|\. )(?=(?:to )?(?:ask|tell|say|let|remind|thank|confirm|that (?:we|i|he|she|"
    r"it|they|\w+ (?:is|comes|will)))\b)",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"(?P<who>.+?) (?:is |'s |will be |will |are |'ll )?(?:comes?|coming|arrives?|arriving|there|be there|"
    r"visits?|visiting|stops? by|stopping by)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"(?P<who>.+?) (?:is|are|am|'s|'m|'re|will be)(?: running)?(?: about| around)? "
    r"(?P<late>.*?)\blate\b(?P<rest>.*)",
    re.IGNORECASE,
)
_ON_THE_WAY = re.compile(
    r"(?P<who>.+?)(?: is| are| am|'s|'m|'re)? on (?:the|his|her|my|our|their) way\b(?P<rest>.*)",
    re.IGNORECASE,
)
_ASK = re.compile(r"(?:to )?ask (?:(?:her|him|them|it) )?(?P<what>.+)", re.IGNORECASE)
_SAY = re.compile(
    r"(?:to )?(?:say|tell (?:her|him|them)|let (?:her|him|them) know|write|mention|that)(?: that)? "
    r"(?P<what>.+)",
    re.IGNORECASE,
)
_REMIND = re.compile(r"(?:to )?remind (?:her|him|them) (?:about|of|that|to)? ?(?P<what>.+)", re.IGNORECASE)
_THANK = re.compile(r"(?:to )?thank (?:her|him|them)(?: for (?P<what>.+))?", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """What will be said, without greeting: whole sentences, and the day it speaks of."""

    sentences: tuple[str, ...]
    span: Span | None
    verbatim: bool = False  # the user gave the exact words
    asks: bool = False  # something is asked, so thanks are due


def draft(instruction: str, today: dt.date) -> Draft:
    """Turn "that Bob comes tomorrow between 9 and 10 and ask about the gate code" into sentences."""
    exact = unquoted(instruction)
    when = find_when(instruction, today)
    span = when[0] if when is not None else None
    if exact is not None:
        return Draft((exact,), span, verbatim=True)
    said: list[str] = []
    asks = False
    wish = re.sub(
        r"^(?:and|to) (?=ask|tell|say|remind|thank|let)", "", instruction.strip(" ,:"), flags=re.IGNORECASE
    )
    for clause in _CLAUSES.split(wish):
        asked = _ASK.fullmatch(clause)
        if asked is not None:
            asks = True
            said.append(_question(asked["what"]))
        else:
            said.append(_statement(clause, today))
    return Draft(tuple(text for text in said if text), span, asks=asks)


def _question(what: str) -> str:
    """A polite question for what is wanted."""
    about = re.fullmatch(r"(?:about|for) (?P<thing>.+)", what, re.IGNORECASE)
    if about is not None:
        return f"Could you tell us {about['thing']}?"
    whether = re.fullmatch(r"(?:if|whether) (?P<clause>.+)", what, re.IGNORECASE)
    if whether is not None:
        return f"Could you let us know if {_to_you(whether['clause'])}?"
    deed = re.fullmatch(r"to (?P<deed>.+)", what, re.IGNORECASE)
    if deed is not None:
        return f"Could you please {_to_you(deed['deed'])}?"
    if re.match(r"(?:when|what|where|who|which|how|why)\b", what, re.IGNORECASE):
        return f"Could you tell us {_to_you(what)}?"
    return f"Could you tell us {what}?"


def _statement(clause: str, today: dt.date) -> str:
    remind, thank, say = _REMIND.fullmatch(clause), _THANK.fullmatch(clause), _SAY.fullmatch(clause)
    if thank is not None:
        return f"Thank you for {_to_you(thank['what'])}." if thank["what"] else "Thank you."
    if remind is not None:
        what = remind["what"]
        return sentence(f"A reminder: {with_date(_to_you(what), today)}")
    words = say["what"] if say is not None else clause
    text = _arrival(words, today) or _delay(words) or _departure(words, today)
    return text or sentence(with_date(_to_you(words), today))


def _arrival(words: str, today: dt.date) -> str | None:
    found = _COMES.fullmatch(words)
    if found is None:
        return None
    when, hours, left = _split_times(found["rest"], today)
    if left.strip(" ,.") or (when is None and hours is None):
        return None
    who = _subject(found["who"])
    return f"{who} will be with you{_at(when, hours)}."


def _delay(words: str) -> str | None:
    found = _LATE.fullmatch(words)
    if found is None:
        return None
    who = _subject(found["who"])
    much = found["late"].strip().removeprefix("a ").removeprefix("bit").strip()
    verb = "are" if who in {"We", "They"} else "is"
    by = found["rest"].strip(" ,.").removeprefix("by ")
    much = much or by
    return f"{who} {verb} running {f'about {much} ' if much else ''}late. Sorry for the wait."


def _departure(words: str, today: dt.date) -> str | None:
    found = _ON_THE_WAY.fullmatch(words)
    if found is None:
        return None
    who = _subject(found["who"])
    _, hours, left = _split_times(found["rest"], today)
    verb = "are" if who in {"We", "They"} else "is"
    extra = f" {left.strip(' ,.')}" if left.strip(" ,.") else ""
    return f"{who} {verb} on the way to you now{extra}{_at(None, hours)}."


def _split_times(words: str, today: dt.date) -> tuple[Span | None, Hours | None, str]:
    when = find_when(words, today)
    span, rest = when if when is not None else (None, words)
    hours = find_hours(rest, bare=True)
    return (span, hours[0], hours[1]) if hours is not None else (span, None, rest)


def _at(when: Span | None, hours: Hours | None) -> str:
    day = f" {when.label}" if when is not None else ""
    return f"{day} {hours.words}" if hours is not None else day


def _subject(words: str) -> str:
    """`Bob`, or `We` for the business's own people."""
    words = re.sub(r"^that ", "", words.strip(), flags=re.IGNORECASE).removesuffix("'s").strip()
    return (
        "We"
        if words.lower() in {"i", "we", "i'm", "we're", "i'll", "we'll"}
        else words[0].upper() + words[1:]
    )


def _to_you(words: str) -> str:
    """The client becomes "you": "she", "her husband" and so on are turned where it is safe."""
    words = re.sub(r"^(?:that|to say) ", "", words.strip(), flags=re.IGNORECASE)
    words = re.sub(r"\b(?:she|he) (?:is)\b", "you are", words, flags=re.IGNORECASE)
    words = re.sub(r"\b(?:she|he) has\b", "you have", words, flags=re.IGNORECASE)
    words = re.sub(
        r"\b(?:she|he|they) (?=(?:can|could|will|would|should|may|must|needs?|wants?|have|are)\b)",
        "you ",
        words,
        flags=re.IGNORECASE,
    )
    words = re.sub(r"\byou (need|want)s\b", r"you \1", words)
    return re.sub(r"\b(?:her|his|their)\b(?= \w)", "your", words, flags=re.IGNORECASE)


def greeting(title: str | None, said: str, full_name: str | None) -> str:
    """`Hi Mrs. Alvarez,` as the user speaks of the client, else by the first name on record."""
    if title is not None:
        return f"Hi {title} {said},"
    first = (full_name or said).split()[0]
    return f"Hi {first},"


def text_body(told: Draft, hello: str, business: str | None) -> str:
    """The whole text: greeting, who writes, the sentences, thanks where something was asked."""
    if told.verbatim:
        return told.sentences[0]
    who = f" this is {business}." if business else ""
    thanks = " Thank you." if told.asks else ""
    return f"{hello}{who} {' '.join(told.sentences)}{thanks}"
