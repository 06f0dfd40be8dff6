"""The directory of businesses: founding one, finding one, who belongs to it, which addresses lead to it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from opsystem.control.accounts.models import Person
from opsystem.control.businesses.models import Business, Channel, Membership, new_number
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, NotFound

_TRIES = 20


def found_business(
    *, name: str, phone: str, website: str, industry: str, founder: Person | None, number: int | None = None
) -> Business:
    """Enter a new business. Without a `number` it gets a random one. Raises Conflict for one in use."""
    for _ in range(_TRIES):
        chosen = new_number() if number is None else number
        if not Business.objects.filter(number=chosen).exists():
            break
        if number is not None:
            raise Conflict("There is a business with this number already.", code="number_taken")
    else:
        raise Conflict("No free number was found. Try again.", code="number_taken")
    return Business.objects.create(
        number=chosen, name=name, phone=phone, website=website, industry=industry, created_by=founder
    )


def business_numbered(number: int) -> Business:
    """Return the business with this number. Raises NotFound."""
    found = Business.objects.filter(number=number).first()
    if found is None:
        raise NotFound("There is no such business.", code="no_business")
    return found


def call_business(business: Business, name: str) -> None:
    """Let the directory call a business as it calls itself."""
    Business.objects.filter(pk=business.pk).update(name=name)
    business.name = name


def join_business(business: Business, person: Person, *, role: str, member_id: int) -> Membership:
    """Make a person part of a business, as the vault's member `member_id`. Raises Conflict if already in."""
    try:
        with transaction.atomic():
            return Membership.objects.create(business=business, person=person, role=role, member_id=member_id)
    except IntegrityError:
        raise Conflict("This person is in this business already.", code="already_member") from None


def leave_business(business: Business, person: Person, *, removed_by: Person | None) -> None:
    """End a person's membership. Raises NotFound when there is none."""
    ended = Membership.objects.filter(business=business, person=person, removed_at=None).update(
        removed_at=clock.now(), removed_by=removed_by
    )
    if not ended:
        raise NotFound("This person is not in this business.", code="no_member")


def set_role(business: Business, *, member_id: int, role: str) -> None:
    """Give the person behind a vault's member another role. Without such a person nothing happens."""
    Membership.objects.filter(business=business, member_id=member_id, removed_at=None).update(role=role)


def membership_of(person: Person, number: int) -> Membership:
    """Return a person's membership in the business with this number.

    Raises NotFound alike for a business that is not there and for one the person is not in.
    """
    found = (
        Membership.objects.select_related("business")
        .filter(person=person, business__number=number, removed_at=None)
        .first()
    )
    if found is None:
        raise NotFound("There is no such business, or you are not in it.", code="no_business")
    return found


def memberships_of(person: Person) -> list[Membership]:
    """Return the memberships of a person with their businesses, by name."""
    return list(
        Membership.objects.select_related("business")
        .filter(person=person, removed_at=None)
        .order_by("business__name", "business__number")
    )


def add_channel(business: Business, kind: str, address: str) -> Channel:
    """Let a number (E.164) or email address lead to a business. Raises Conflict if it leads elsewhere."""
    if kind not in Channel.Kind.values:
        raise ValueError("a channel is of kind sms, email or stripe")
    address = address.strip().lower()
    channel, _ = Channel.objects.get_or_create(kind=kind, address=address, defaults={"business": business})
    if channel.business_id != business.pk:
        raise Conflict("This address leads to another business.", code="address_taken")
    return channel


def business_behind(kind: str, address: str) -> Business | None:
    """Return the business an address leads to, or None."""
    channel = (
        Channel.objects.select_related("business").filter(kind=kind, address=address.strip().lower()).first()
    )
    return channel.business if channel else None


def channels_of(business: Business, kind: str) -> list[str]:
    """Return the addresses of one kind that lead to a business, the oldest first."""
    return list(
        Channel.objects.filter(business=business, kind=kind).order_by("pk").values_list("address", flat=True)
    )
