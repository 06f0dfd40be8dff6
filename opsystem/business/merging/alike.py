"""When two clients look like one: the same phone, the same email, or nearly the same name and place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import combinations

from sqlalchemy import select

from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.persons.models import Person
from opsystem.kit.phone import show_phone
from opsystem.operations import Work

Pair = tuple[int, int]
# A number that more clients share is an office's: it says nothing.
_MOST_SHARING = 8
_NEAR = 0.8
_SHORT = {
    "street": "st", "avenue": "ave", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct", "place": "pl",
    "boulevard": "blvd", "highway": "hwy", "north": "n", "south": "s", "east": "e", "west": "w",
    "apartment": "apt", "suite": "ste", "unit": "apt",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


def pairs_alike(work: Work) -> dict[Pair, list[str]]:
    """Return the pairs of current clients that look alike, each with its reasons; the lower number first."""
    current = work.session.execute(
        select(Client.id, Client.name, Client.phone, Client.email).where(Client.archived_at.is_(None))
    ).all()
    names = {row.id: row.name for row in current}
    persons = work.session.execute(
        select(Person.client_id, Person.phone, Person.other_phone, Person.email, Person.other_email)
    ).all()
    phones = [(row.id, row.phone) for row in current]
    phones += [(number, one) for number, *two in persons for one in two[:2]]
    emails = [(row.id, row.email) for row in current]
    emails += [(number, one) for number, *_, first, second in persons for one in (first, second)]
    found: dict[Pair, list[str]] = defaultdict(list)
    for phone, pair in _sharing(phones, names):
        found[pair].append(f"Same phone {show_phone(phone)}")
    for email, pair in _sharing(((number, one.lower() if one else one) for number, one in emails), names):
        found[pair].append(f"Same email {email}")
    places = work.session.execute(
        select(Property.client_id, Property.street, Property.city, Property.postcode).where(
            Property.removed_at.is_(None)
        )
    ).all()
    at = ((row.client_id, plain_address(row.street, row.postcode or row.city)) for row in places)
    for address, pair in _sharing(at, names):
        if near(names[pair[0]], names[pair[1]]):
            found[pair].append(f"Nearly the same name at {address}")
    return dict(found)


def plain_address(street: str, where: str) -> str:
    """Return an address as it can be compared: small letters, short words, no signs."""
    words = [_SHORT.get(word, word) for word in _WORD.findall(street.casefold())]
    # Of a ZIP+4 the first five digits count.
    place = where[:5] if where[:5].isdigit() else where
    return " ".join([*words, *_WORD.findall(place.casefold())])


def near(one: str, other: str) -> bool:
    """Tell whether two names are nearly the same, whatever the order of their words."""
    first, second = (" ".join(sorted(_WORD.findall(name.casefold()))) for name in (one, other))
    return SequenceMatcher(None, first, second).ratio() >= _NEAR


def _sharing(values: Iterable[tuple[int, str | None]], names: dict[int, str]) -> list[tuple[str, Pair]]:
    having: dict[str, set[int]] = defaultdict(set)
    for number, value in values:
        if value and number in names:
            having[value].add(number)
    return [
        (value, (low, high))
        for value, numbers in having.items()
        if 1 < len(numbers) <= _MOST_SHARING
        for low, high in combinations(sorted(numbers), 2)
    ]
