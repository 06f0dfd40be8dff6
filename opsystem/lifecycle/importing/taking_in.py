"""A checked archive becomes the business of whoever brings it: vault first, then the control plane.

The vault changes with one transaction: the rows as they were, and on top of them one entry in the history
that says what is different here (`settling`). The control plane follows; done twice, it is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from opsystem.business.arrivals.models import Arrival, ArrivalPart
from opsystem.business.arrivals.settling import settle_in
from opsystem.business.profile.models import Profile
from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import record
from opsystem.control.businesses.models import Business, Membership
from opsystem.control.witness.heads import forget_head
from opsystem.kit import clock
from opsystem.lifecycle.importing.checking import Checked, Progress
from opsystem.lifecycle.importing.loading import expect_empty, load_rows, remove_contents, take_contents
from opsystem.lifecycle.provisioning import mail_address
from opsystem.operations import Role
from opsystem.vault import Author, Vault
from opsystem.vault.journals.heads import sign_head
from opsystem.vault.journals.journal import begin_change_set, end_change_set

LANES = ("delivery", "collecting", "assistant", "files", "lifecycle", "announcing", "recurring", "journal")

# As long as the fields of `Business`.
_ROOM: Final = {"name": 120, "phone": 16, "website": 200, "industry": 60}


@dataclass(frozen=True)
class Bringer:
    """Who brings an archive, into which business."""

    business: Business
    person: Person


def take_in(
    vault: Vault, checked: Checked, bringer: Bringer, progress: Progress, *, arrival_id: int | None = None
) -> int:
    """Make an empty vault that of the archive; return the bringer's number in its team.

    Raises Conflict for a vault that is not empty, Refused, and whatever the disk says; then nothing is left.
    """
    with vault.reading() as session:
        expect_empty(session, vault.schema)
    written = take_contents(vault, checked, progress)
    try:
        with vault.mechanics() as session:
            expect_empty(session, vault.schema)
            load_rows(session, vault.schema, checked, progress)
            member_id = _settle(session, vault, bringer)
            if arrival_id is not None:
                done = {"state": "settling", "member_id": member_id, "due_at": clock.now()}
                session.execute(update(Arrival).where(Arrival.id == arrival_id).values(done))
                session.execute(delete(ArrivalPart).where(ArrivalPart.arrival_id == arrival_id))
    except BaseException:
        remove_contents(vault, written)
        raise
    return member_id


def _settle(session: Session, vault: Vault, bringer: Bringer) -> int:
    person, now = bringer.person, clock.now()
    author = Author(
        "system", "system", "OpSystem", "begin_again", f"Began again here from an export, with {person.name}"
    )
    change_set = begin_change_set(session, vault.schema, author, now)
    try:
        member_id = settle_in(
            session,
            vault.schema,
            at=now,
            account_id=str(person.pk),
            name=person.name,
            email=person.email,
            mail_address=mail_address(bringer.business),
        )
        session.flush()
        end_change_set(session, vault.schema, change_set, vault.signer)
    finally:
        change_set.release()
    sign_head(change_set.connection, vault.signer, now)
    return member_id


def follow(vault: Vault, bringer: Bringer, member_id: int) -> None:
    """Let the control plane follow the vault: the owner's number, the business's name, the lanes."""
    with vault.reading() as session:
        profile = session.get_one(Profile, 1)
    business = bringer.business
    with transaction.atomic():
        Membership.objects.filter(business=business, person=bringer.person, removed_at=None).update(
            member_id=member_id, role=Role.OWNER.value
        )
        Business.objects.filter(pk=business.pk).update(
            name=_fitting("name", profile.name),
            phone=_fitting("phone", profile.phone),
            website=_fitting("website", profile.website),
            industry=_fitting("industry", profile.industry),
        )
        record("vault.imported", actor_id=bringer.person.pk, business_id=business.pk)
    # What was signed of the empty vault is not its journal any more; the journal's lane signs the new one.
    forget_head(vault.id)
    for lane in LANES:
        vault.wake(lane, clock.now())


def _fitting(field: str, words: str | None) -> str:
    """Return words as long as the control plane has room for; the vault has the rest."""
    return (words or "")[: _ROOM[field]]
