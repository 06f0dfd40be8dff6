"""Making a sample business the way a person would: accounts, the business, its people, its number."""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from demo.logins import PASSWORD, Login, SampleBusiness, logins
from opsystem.business.packs.operations import install_pack
from opsystem.business.team.operations import add_member, join_member
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import join_business
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import Place, place_of
from opsystem.kit import clock
from opsystem.lifecycle import channels
from opsystem.lifecycle.opening import open_vault
from opsystem.lifecycle.provisioning import start_business
from opsystem.operations import Actor, Role
from opsystem.vault import Vault


@dataclass(frozen=True)
class Founded:
    """A sample business with its open vault and its people as actors, the owner first."""

    sample: SampleBusiness
    business: Business
    place: Place
    vault: Vault
    people: tuple[Actor, ...]

    def of(self, *roles: Role) -> list[Actor]:
        """Return the people with one of these roles."""
        return [actor for actor in self.people if actor.role in roles]


def found(sample: SampleBusiness) -> Founded:
    """Make a sample business; it can text at once."""
    everyone = logins(sample)
    owner = _person(everyone[0])
    business = start_business(
        owner,
        name=sample.name,
        phone=sample.phone,
        website=f"https://{sample.domain}",
        industry=sample.industry,
    )
    place = place_of(business.pk)
    vault = open_vault(place)
    first = Actor.person(id=str(owner.pk), name=owner.name, role=Role.OWNER, member_id=1)
    install_pack.perform(vault, first, {"name": sample.pack})
    while channels.run(vault, business.number, lambda: True) is not None:
        # Somebody else took the same number first; there are more.
        time.sleep(0.2)
    people = [first, *(_join(vault, business, first, login) for login in everyone[1:])]
    return Founded(sample, business, place, vault, tuple(people))


def _person(login: Login) -> Person:
    person = Person(email=login.email, name=login.name, confirmed_16_at=clock.now())
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=login.email, verified=True, primary=True)
    return person


def _join(vault: Vault, business: Business, owner: Actor, login: Login) -> Actor:
    person = _person(login)
    given = {"name": login.name, "email": login.email, "role": login.role}
    member = add_member.perform(vault, owner, given).value
    join_member.perform(vault, Actor.system(), {"member": member.ref, "account_id": str(person.pk)})
    join_business(business, person, role=login.role.value, member_id=member.id)
    return Actor.person(id=str(person.pk), name=login.name, role=login.role, member_id=member.id)
