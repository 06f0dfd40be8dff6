"""The addresses the business sends from, assigned by the system once they lead back to it."""

from __future__ import annotations

from opsystem.business.profile.models import Profile
from opsystem.kit.phone import PhoneNumber
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.DELIVER, effect=Effect.COMMIT, label="Assign addresses", assistant=False)
def assign_addresses(
    work: Work, *, sms_number: PhoneNumber | None = None, mail_address: str | None = None
) -> None:
    """Note the number that texts and the address that emails of this business come from."""
    profile = work.get(Profile, 1, "profile")
    if sms_number is not None:
        profile.sms_number = sms_number
        work.describe("Assigned a number for texts")
    if mail_address is not None:
        profile.mail_address = mail_address
