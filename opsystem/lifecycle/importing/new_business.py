"""A new business made from an export in one go, for an operator with the file at hand."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction

from opsystem.business.nouns import SCHEMA
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import Place, place_of
from opsystem.control.installation import installation
from opsystem.lifecycle.importing.checking import Progress, check_archive
from opsystem.lifecycle.importing.taking_in import Bringer, follow, take_in
from opsystem.lifecycle.opening import open_vault
from opsystem.lifecycle.provisioning import start_business
from opsystem.lifecycle.shredding.remains import remove_vault


def import_business(source: BinaryIO, person: Person, progress: Progress) -> Business:
    """Make a business of `person` from an export. Raises Refused, and whatever the disk says.

    Nothing is made before all of the archive was checked, and what is made is removed again when it cannot be
    finished.
    """
    checked = check_archive(source, SCHEMA, progress)
    business = start_business(person, name="A business", phone="", website="", industry="")
    place = place_of(business.pk)
    try:
        with open_vault(place) as vault:
            bringer = Bringer(business, person)
            follow(vault, bringer, take_in(vault, checked, bringer, progress))
    except BaseException:
        _forget(business, place)
        raise
    business.refresh_from_db()
    return business


def _forget(business: Business, place: Place) -> None:
    """Remove a business that was never whole: its rows, its directory. Nobody has seen it."""
    with transaction.atomic():
        business.memberships.all().delete()
        business.channels.all().delete()
        business.vault.delete()
        business.delete()
    remove_vault(installation().vaults_dir, place.vault_id)
