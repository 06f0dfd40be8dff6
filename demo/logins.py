"""The demo's three businesses and who signs in to them."""

from __future__ import annotations

from dataclasses import dataclass

from opsystem.operations import Role

PASSWORD = "sunny-wrench-42-meadow"  # noqa: S105 - printed on start, for businesses that do not exist


@dataclass(frozen=True)
class Login:
    """Somebody who can sign in."""

    name: str
    role: Role
    business: SampleBusiness

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.name.split()[0].lower()}@{self.business.domain}"


@dataclass(frozen=True)
class SampleBusiness:
    """A business of the demo; `pack` is the trade whose default content it has."""

    name: str
    domain: str
    phone: str
    pack: str
    industry: str
    city: str
    state: str
    postcode: str
    people: tuple[tuple[str, Role], ...]
    seed: int


BUSINESSES = (
    SampleBusiness(
        "Hurley Plumbing", "hurleyplumbing.example", "+12285550100", "plumbing", "Plumbing",
        "Hurley", "MS", "39555",
        (("Alice Tanner", Role.OWNER), ("Fran Odom", Role.OFFICE), ("Bob Delacroix", Role.TECHNICIAN),
         ("Luis Ortega", Role.TECHNICIAN)), 11,
    ),
    SampleBusiness(
        "Pine Ridge Roofing", "pineridge.example", "+12285550111", "roofing", "Roofing",
        "Moss Point", "MS", "39563",
        (("Carl Whitfield", Role.OWNER), ("Nadia Brooks", Role.OFFICE), ("Theo Marsh", Role.TECHNICIAN),
         ("Wes Holloway", Role.TECHNICIAN)), 23,
    ),
    SampleBusiness(
        "Bright Day Cleaning", "brightday.example", "+12285550122", "cleaning", "House cleaning",
        "Ocean Springs", "MS", "39564",
        (("Erin Castillo", Role.OWNER), ("Gus Palmer", Role.OFFICE), ("Ivy Chen", Role.TECHNICIAN),
         ("Rosa Medina", Role.TECHNICIAN), ("Joy Abbott", Role.TECHNICIAN)), 37,
    ),
)  # fmt: skip


def logins(business: SampleBusiness) -> list[Login]:
    """Return who signs in to a business, the owner first."""
    return [Login(name, role, business) for name, role in business.people]
