"""Making two clients one, and telling two apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from opsystem.business.clients.merged import Merger, NotSame
from opsystem.business.clients.models import Client
from opsystem.business.clients.persons.models import Person
from opsystem.business.clients.persons.records import PersonRole
from opsystem.business.merging.moving import move_everything
from opsystem.business.references import ClientRef, number_of
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


class Taken(StrEnum):
    """What of the client that goes may stand at the one that stays."""

    NAME = "name"
    COMPANY = "company"
    PHONE = "phone"
    EMAIL = "email"
    NOTES = "notes"
    BILL_TO = "bill_to"


_BILL = ("bill_name", "bill_street", "bill_city", "bill_state", "bill_postcode")
Take = Annotated[
    tuple[Taken, ...], Field(max_length=6, description="What is taken from the client that goes.")
]


@dataclass(frozen=True)
class Merged:
    """The client that stayed, the one that went, and how many rows moved."""

    ref: str
    id: int
    gone: str
    moved: int


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Merge clients")
def merge_clients(work: Work, *, keep: ClientRef, gone: ClientRef, take: Take = ()) -> Merged:
    """Make two clients one: jobs, messages, money, files, places and people of `gone` move to `keep`.

    `take` says which values come from the one that goes; empty ones are filled anyway, and a number or
    address left over stays as a person. Undo brings both back exactly as they were.
    """
    stays = work.get(Client, number_of(keep), "client")
    goes = work.get(Client, number_of(gone), "client")
    if stays.id == goes.id:
        message = "Choose two different clients."
        raise Invalid(message, code="same_client", fields={"gone": message})
    ref, name, number = goes.ref, goes.name, goes.id
    left_phone, left_email = _values(stays, goes, set(take))
    _strongest(stays, goes)
    work.session.add(
        Merger(client_id=stays.id, gone_id=number, gone_name=name, at=work.now, by=work.actor.name)
    )
    if left_phone or left_email:
        other = PersonRole.OTHER.value
        work.session.add(
            Person(client_id=stays.id, name=name, role=other, phone=left_phone, email=left_email)
        )
    moved = move_everything(work, number, stays.id)
    work.session.delete(work.get(Client, number, "client"))
    work.describe(f"Merged {name} ({ref}) into {stays.name} ({stays.ref})")
    return Merged(stays.ref, stays.id, ref, moved)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.DRAFT, label="Say they are not the same")
def tell_apart(work: Work, *, client: ClientRef, other: ClientRef) -> Saved:
    """Remember that two clients that look alike are not the same; they are not shown as duplicates again."""
    one, two = (work.get(Client, number_of(ref), "client") for ref in (client, other))
    low, high = sorted((one.id, two.id))
    work.session.add(NotSame(client_id=low, other_id=high, at=work.now, by=work.actor.name))
    work.describe(f"Said that {one.name} and {two.name} are not the same")
    return Saved(one.ref, one.id)


def _values(stays: Client, goes: Client, take: set[Taken]) -> tuple[str | None, str | None]:
    """Put the chosen values at the client that stays; return phone and email that found no place there."""
    left: dict[str, str | None] = {}
    for name in ("name", "company", "phone", "email"):
        own, others = getattr(stays, name), getattr(goes, name)
        chosen = others if Taken(name) in take or not own else own
        setattr(stays, name, chosen)
        left[name] = next((one for one in (own, others) if one and one != chosen), None)
    if Taken.NOTES in take:
        stays.notes = goes.notes
    elif goes.notes and goes.notes not in stays.notes:
        stays.notes = "\n\n".join(part for part in (stays.notes, goes.notes) if part)
    if Taken.BILL_TO in take or not any(getattr(stays, name) for name in _BILL):
        for name in _BILL:
            setattr(stays, name, getattr(goes, name))
    return left["phone"], left["email"]


def _strongest(stays: Client, goes: Client) -> None:
    """What either client was told or refused holds for both."""
    stays.created_at = min(stays.created_at, goes.created_at)
    stays.sms_stopped_at = stays.sms_stopped_at or goes.sms_stopped_at
    stays.mail_stopped_at = stays.mail_stopped_at or goes.mail_stopped_at
    if stays.refused_at is None and goes.refused_at is not None:
        stays.refused_at, stays.refused_by = goes.refused_at, goes.refused_by
        stays.refused_reason = goes.refused_reason
