"""The letter that says a download is ready. It names the page, never the link."""

from __future__ import annotations

import logging

from django.core.mail import EmailMessage

from opsystem.control.accounts.letters import write_letter
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import business_numbered
from opsystem.vendors.errors import GatewayError

_LOG = logging.getLogger(__name__)


def tell_ready(account_id: str, business_number: int) -> None:
    """Mail the person who asked for an export that it is ready. An account that is gone is told nothing."""
    person = Person.objects.filter(pk=account_id, is_active=True).first() if account_id.isdecimal() else None
    if person is None:
        return
    business = business_numbered(business_number)
    letter = write_letter(
        "export_ready", {"name": person.name, "business": business.name, "number": business_number}
    )
    try:
        EmailMessage(subject=letter.subject, body=letter.body, to=[person.email]).send()
    except GatewayError as error:
        # The page says it too.
        _LOG.warning("export.letter_failed", extra={"trouble": str(error.trouble)})
