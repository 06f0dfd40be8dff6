"""Letters about a deletion to the owners of the business."""

from __future__ import annotations

import logging

from django.core.mail import EmailMessage

from opsystem.control.accounts.letters import write_letter
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.models import Membership
from opsystem.control.hosting.models import Deletion
from opsystem.operations import Role
from opsystem.vendors.errors import GatewayError

_LOG = logging.getLogger(__name__)


def owners_of(deletion: Deletion) -> list[Person]:
    """Return the owners of the business, while it has any."""
    seats = Membership.objects.select_related("person").filter(
        business_id=deletion.business_id, role=Role.OWNER.value, removed_at=None
    )
    return [seat.person for seat in seats]


def tell_owners(deletion: Deletion, letter_name: str, owners: list[Person] | None = None) -> None:
    """Send each owner a letter. One that is not taken stops nothing; the page says the same."""
    for owner in owners_of(deletion) if owners is None else owners:
        values = {
            "name": owner.name,
            "number": deletion.business_number,
            "due_at": deletion.due_at,
            "link": deletion.link,
        }
        letter = write_letter(letter_name, values)
        try:
            EmailMessage(subject=letter.subject, body=letter.body, to=[owner.email]).send()
        except GatewayError as error:
            _LOG.warning("deletion.letter_failed", extra={"trouble": str(error.trouble)})
