"""The business's own account at Stripe: begun here, completed at Stripe, mirrored from there."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from opsystem.business.collecting.models import StripeAccount
from opsystem.business.collecting.noting import send_off
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Work, operation

Account = Annotated[str, Field(pattern=r"^acct_[A-Za-z0-9]{1,60}$", description="An account at Stripe.")]


def account_row(work: Work) -> StripeAccount | None:
    """Return the account that is connected, or is being connected; None for none."""
    row = work.session.get(StripeAccount, 1)
    return row if row is not None and row.disconnected_at is None else None


def chargeable(work: Work) -> StripeAccount:
    """Return the account if it may charge. Raises Conflict with what to do."""
    row = account_row(work)
    if row is None or row.account is None or row.charges_at is None:
        words = "Connect Stripe in Settings, Payments first; until then no card can be charged."
        raise Conflict(words, code="cannot_charge")
    return row


@operation(
    permission=Permission.PAYMENTS_SETUP,
    effect=Effect.SEND,
    label="Connect Stripe",
    assistant=False,  # an owner's own dealing with Stripe, on its pages
)
def connect_stripe(work: Work) -> int | None:
    """Begin an account at Stripe for the business; its owner completes it on Stripe's own page.

    Returns the number of the errand that is to make it, None where there is an account already.
    """
    row = work.session.get(StripeAccount, 1)
    if row is None:
        row = StripeAccount(id=1, begun_at=work.now, begun_by=work.actor.name)
        work.session.add(row)
    elif row.disconnected_at is not None:
        row.disconnected_at = row.disconnected_by = None
    elif row.account is not None:
        return None
    work.describe("Began connecting Stripe")
    if row.account is not None:
        return None
    return send_off(work, "account", "Stripe", {}).id


@operation(
    permission=Permission.PAYMENTS_SETUP, effect=Effect.COMMIT, label="Disconnect Stripe", assistant=False
)  # an owner's own decision
def disconnect_stripe(work: Work) -> None:
    """Take no payments by Stripe any more. What was paid stays; the account at Stripe stays its owner's."""
    row = account_row(work)
    if row is None:
        raise Conflict("Stripe is not connected.", code="not_connected")
    row.disconnected_at, row.disconnected_by = work.now, work.actor.name
    work.describe("Disconnected Stripe")


@operation(permission=Permission.INBOUND, effect=Effect.COMMIT, label="Note Stripe account", assistant=False)
def note_account(
    work: Work,
    *,
    account: Account,
    details: bool,
    charges: bool,
    payouts: bool,
    missing: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=100)] = (),
) -> None:
    """Note how the account at Stripe is now, asked of Stripe; since when it may do what it may."""
    row = work.session.get(StripeAccount, 1)
    if row is None or (row.account is not None and row.account != account):
        raise Conflict("This account is not the one of this business.", code="other_account")
    row.account = account
    row.details_at = (row.details_at or work.now) if details else None
    row.charges_at = (row.charges_at or work.now) if charges else None
    row.payouts_at = (row.payouts_at or work.now) if payouts else None
    row.missing = "\n".join(missing)
    row.looked_at = work.now
    work.describe("Noted how the Stripe account is")
