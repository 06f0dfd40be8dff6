"""Businesses that are to be deleted: asked for, taken back, due, done. Doing it is `lifecycle.shredding`."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from opsystem.control.businesses.models import Business, Channel
from opsystem.control.hosting.models import Deletion, Vault
from opsystem.control.witness.heads import forget_head
from opsystem.kit.errors import Conflict, NotFound


def ask_deletion(vault_id: str, *, asked_by: int | None, at: datetime, due_at: datetime) -> Deletion:
    """Enter a deletion. Raises NotFound for no such vault, Conflict when it was asked for already."""
    vault = Vault.objects.select_related("business").filter(directory=vault_id).first()
    if vault is None:
        raise NotFound("There is no such vault.", code="no_vault")
    numbers = Channel.objects.filter(business=vault.business, kind=Channel.Kind.SMS)
    try:
        with transaction.atomic():
            return Deletion.objects.create(
                business_id=vault.business_id,
                business_number=vault.business.number,
                vault_id=vault_id,
                asked_by=asked_by,
                asked_at=at,
                due_at=due_at,
                numbers=list(numbers.values_list("address", flat=True)),
            )
    except IntegrityError:
        raise Conflict("This business is to be deleted already.", code="deletion_asked") from None


def take_back(vault_id: str, *, at: datetime) -> None:
    """Take a deletion back. Raises Conflict when there is none, or when its time has come."""
    gone, _ = Deletion.objects.filter(vault_id=vault_id, due_at__gt=at, destroyed_at=None).delete()
    if not gone:
        raise Conflict("This deletion cannot be taken back any more.", code="deletion_begun")


def deletion_of(vault_id: str) -> Deletion | None:
    """Return the deletion that was asked for a vault."""
    return Deletion.objects.filter(vault_id=vault_id).first()


def deletion_by_link(link: str) -> Deletion:
    """Return the deletion behind a certificate's link. Raises NotFound."""
    found = Deletion.objects.filter(link=link).first()
    if found is None:
        raise NotFound("There is no such certificate.", code="no_certificate")
    return found


def due_deletions(at: datetime) -> list[Deletion]:
    """Return what is to be done by now and is not finished, the oldest first."""
    return list(Deletion.objects.filter(due_at__lte=at, finished_at=None).order_by("due_at", "pk"))


def close_vault(vault_id: str) -> None:
    """Open this vault to nobody any more."""
    Vault.objects.filter(directory=vault_id).update(state=Vault.State.CLOSED)


def remove_rows(deletion: Deletion) -> dict[str, int]:
    """Remove what the control plane has of a business: place, alarms, members, tokens, addresses.

    Answers how many rows of each kind went.
    """
    with transaction.atomic():
        places = Vault.objects.filter(directory=deletion.vault_id)
        business = places.values_list("business", flat=True).first()
        if business is None:
            return {}
        forget_head(deletion.vault_id)
        removed = dict(places.delete()[1])
        for kind, count in Business.objects.filter(pk=business).delete()[1].items():
            removed[kind] = removed.get(kind, 0) + count
        return removed
