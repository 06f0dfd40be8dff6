"""Believable clients: names, streets, phone numbers of the range kept free for fiction."""

from __future__ import annotations

import random
from dataclasses import dataclass

FIRST = [
    "Maria",
    "James",
    "Linda",
    "Robert",
    "Patricia",
    "Michael",
    "Barbara",
    "David",
    "Susan",
    "William",
    "Jessica",
    "Richard",
    "Sarah",
    "Joseph",
    "Karen",
    "Thomas",
    "Nancy",
    "Charles",
    "Lisa",
    "Daniel",
    "Betty",
    "Matthew",
    "Sandra",
    "Anthony",
    "Ashley",
    "Mark",
    "Kim",
    "Donald",
    "Emily",
    "Steven",
    "Donna",
    "Andrew",
    "Michelle",
    "Paul",
    "Carol",
    "Joshua",
    "Amanda",
    "Kenneth",
    "Melissa",
    "Kevin",
    "Deborah",
    "Brian",
    "Stephanie",
    "George",
    "Rebecca",
    "Timothy",
    "Laura",
    "Ronald",
    "Helen",
    "Jason",
    "Sharon",
    "Edward",
    "Cynthia",
    "Jeffrey",
    "Kathleen",
    "Ryan",
    "Amy",
    "Jacob",
    "Angela",
    "Gary",
    "Shirley",
    "Nicholas",
    "Anna",
    "Eric",
    "Brenda",
    "Jonathan",
]
LAST = [
    "Alvarez",
    "Johnson",
    "Williams",
    "Brown",
    "Jones",
    "Garcia",
    "Miller",
    "Davis",
    "Rodriguez",
    "Martinez",
    "Hernandez",
    "Lopez",
    "Gonzalez",
    "Wilson",
    "Anderson",
    "Thomas",
    "Taylor",
    "Moore",
    "Jackson",
    "Martin",
    "Lee",
    "Perez",
    "Thompson",
    "White",
    "Harris",
    "Sanchez",
    "Clark",
    "Ramirez",
    "Lewis",
    "Robinson",
    "Walker",
    "Young",
    "Allen",
    "King",
    "Wright",
    "Scott",
    "Torres",
    "Nguyen",
    "Hill",
    "Flores",
    "Green",
    "Adams",
    "Nelson",
    "Baker",
    "Hall",
    "Rivera",
    "Campbell",
    "Mitchell",
    "Carter",
    "Roberts",
    "Gomez",
    "Phillips",
    "Evans",
    "Turner",
    "Diaz",
    "Parker",
    "Cruz",
    "Edwards",
    "Collins",
    "Reyes",
    "Stewart",
    "Morris",
    "Morales",
    "Murphy",
    "Cook",
    "Rogers",
    "Gutierrez",
    "Ortiz",
    "Morgan",
    "Cooper",
    "Peterson",
    "Bailey",
    "Reed",
    "Kelly",
    "Howard",
    "Ramos",
    "Ward",
    "Cox",
    "Richardson",
]
STREETS = [
    "Oak Street",
    "Pecan Avenue",
    "Magnolia Drive",
    "Old Mobile Highway",
    "River Road",
    "Cypress Lane",
    "Bayou View",
    "Hurley Wade Road",
    "Dogwood Court",
    "Cedar Creek Road",
    "Azalea Circle",
    "Main Street",
    "Live Oak Drive",
    "Sawmill Road",
    "Heron Way",
    "Gautier Lane",
    "Shortcut Road",
    "Pinewood Drive",
    "Market Street",
    "Telephone Road",
]
TOWNS = (
    ("Hurley", "39555"), ("Moss Point", "39563"), ("Pascagoula", "39567"), ("Gautier", "39553"),
    ("Ocean Springs", "39564"), ("Vancleave", "39565"), ("Lucedale", "39452"),
)  # fmt: skip
COMPANIES = ("Bayou Rentals", "Gulf Coast Dental", "Pecan Grove Apartments", "Harbor Cafe")
ACCESS = (
    "Gate code {code}.", "Dog in the back yard, ring first.", "Key under the blue pot.",
    "Park on the street.", "Shut-off is by the water meter at the curb.", "Side door is always open.",
    "Call ten minutes before.", "", "", "",
)  # fmt: skip


@dataclass(frozen=True)
class SampleClient:
    """A client to be added, with one or two properties."""

    name: str
    company: str
    phone: str
    email: str
    places: tuple[dict[str, str], ...]


def sample_clients(rng: random.Random, count: int) -> list[SampleClient]:
    """Return `count` clients, each with a name and a number of its own."""
    names = [f"{first} {last}" for first in FIRST for last in LAST if last != "Alvarez"]
    rng.shuffle(names)
    return [_client(rng, number, name) for number, name in enumerate(["Maria Alvarez", *names[: count - 1]])]


def _client(rng: random.Random, number: int, name: str) -> SampleClient:
    first, last = name.lower().split()
    company = rng.choice(COMPANIES) if rng.random() < 0.06 else ""
    places = tuple(_place(rng, index) for index in range(2 if number == 0 or rng.random() < 0.15 else 1))
    # 555-01xx is kept free for fiction; the area code makes enough different ones.
    area, line = _AREAS[number // 100 % len(_AREAS)], 100 + number % 100
    email = f"{first}.{last}@mail.example" if number == 0 or rng.random() < 0.85 else ""
    return SampleClient(name, company, f"+1{area}5550{line}", email, places)


_AREAS = (
    "228",
    "251",
    "601",
    "662",
    "769",
    "850",
    "504",
    "985",
    "225",
    "318",
    "337",
    "205",
    "256",
    "334",
    "938",
)


def _place(rng: random.Random, index: int) -> dict[str, str]:
    town, postcode = rng.choice(TOWNS)
    return {
        "label": "Rental" if index else "",
        "street": f"{rng.randrange(2, 9900)} {rng.choice(STREETS)}",
        "city": town,
        "state": "MS",
        "postcode": postcode,
        "access_notes": rng.choice(ACCESS).format(code=rng.randrange(1000, 9999)),
    }
