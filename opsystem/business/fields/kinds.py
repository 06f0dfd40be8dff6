"""The six sorts of answers: how each is read, kept, compared and shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents, show_cents

_LONGEST = 1000
_PLAIN_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,3})?", re.ASCII)
_YES = {"yes": 1, "true": 1, "1": 1, "on": 1, "no": 0, "false": 0, "0": 0, "off": 0}


class FieldType(StrEnum):
    """What sort of answer a custom field takes."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Answer:
    """An answer in its one form; `number` where it can be compared."""

    text: str
    number: int | None


def read_answer(kind: FieldType, choices: list[str], typed: str) -> Answer:
    """Return what was typed as an answer of this sort. Raises Invalid with what to do."""
    if kind is FieldType.CHOICE:
        return _read_choice(choices, typed)
    return _READERS[kind](typed)


def show_answer(kind: FieldType, answer: Answer) -> str:
    """Return an answer as people read it."""
    if kind is FieldType.MONEY and answer.number is not None:
        return show_cents(answer.number)
    if kind is FieldType.DATE and answer.number is not None:
        day = date.fromordinal(answer.number)
        return f"{day:%b} {day.day}, {day.year}"
    return answer.text.capitalize() if kind is FieldType.YES_NO else answer.text


def _read_date(typed: str) -> Answer:
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise Invalid("Give a date like 2026-11-24.", code="bad_date") from error
    return Answer(day.isoformat(), day.toordinal())


def _number(thousandths: int) -> str:
    return (
        f"{Decimal(thousandths) / 1000:f}".rstrip("0").rstrip(".")
        if thousandths % 1000
        else str(thousandths // 1000)
    )


def _read_text(typed: str) -> Answer:
    if len(typed) > _LONGEST:
        raise Invalid(f"This may have at most {_LONGEST} characters.", code="too_long")
    return Answer(typed, None)


def _read_number(typed: str) -> Answer:
    plain = typed.replace(",", "")
    if _PLAIN_NUMBER.fullmatch(plain) is None:
        raise Invalid("Give a number like 12 or 12.5.", code="bad_number")
    thousandths = int(Decimal(plain) * 1000)
    return Answer(_number(thousandths), thousandths)


def _read_money(typed: str) -> Answer:
    cents = parse_cents(typed)
    return Answer(f"{cents // 100}.{cents % 100:02d}", cents)


def _read_yes_no(typed: str) -> Answer:
    answer = _YES.get(typed.casefold())
    if answer is None:
        raise Invalid("Say yes or no.", code="bad_answer")
    return Answer("yes" if answer else "no", answer)


def _read_choice(choices: list[str], typed: str) -> Answer:
    chosen = next((one for one in choices if one.casefold() == typed.casefold()), None)
    if chosen is None:
        raise Invalid(f"Choose one of: {', '.join(choices)}.", code="bad_choice")
    return Answer(chosen, None)


_READERS: dict[FieldType, Callable[[str], Answer]] = {
    FieldType.TEXT: _read_text,
    FieldType.NUMBER: _read_number,
    FieldType.MONEY: _read_money,
    FieldType.DATE: _read_date,
    FieldType.YES_NO: _read_yes_no,
}
