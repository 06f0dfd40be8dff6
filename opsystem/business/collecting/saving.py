"""Ways to pay that clients let Stripe keep: begun and charged with their consent, forgotten on demand."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.collecting.models import Checkout, SavedMethod
from opsystem.business.collecting.noting import send_off
from opsystem.business.collecting.opening import open_page, title_of_page
from opsystem.business.collecting.records import Begun
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import ClientRef, MethodRef, number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Saved, Work, operation

StripeId = Annotated[str, Field(pattern=r"^[a-z]{2,8}_[A-Za-z0-9_]{1,120}$")]


def consent_words(work: Work) -> str:
    """Return what a client agrees to when a way to pay is kept."""
    name = profile_row(work.session).name
    return (
        f"I let {name} keep this way to pay with Stripe, and charge it for invoices I have agreed to. "
        "I can take that back at any time."
    )


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.SEND, label="Keep a way to pay")
def begin_saving(work: Work, *, client: ClientRef) -> Begun:
    """Begin a page at Stripe on which a client leaves a card or account for later. Charges nothing."""
    row = work.get(Client, number_of(client), "client")
    return open_page(work, row, "setup", 0, title_of_page("setup", None), keeps=True)


@operation(
    permission=Permission.INBOUND, effect=Effect.COMMIT, label="Note a kept way to pay", assistant=False
)
def note_method(
    work: Work,
    *,
    session: StripeId,
    method: StripeId,
    customer: StripeId | None,
    brand: Annotated[str, Field(max_length=80)] = "",
    last4: Annotated[str, Field(max_length=4)] = "",
    exp_month: int | None = None,
    exp_year: int | None = None,
) -> None:
    """Note a way to pay that a client has left at Stripe, or that it is gone there."""
    known = work.session.scalar(select(SavedMethod).where(SavedMethod.method == method))
    if known is not None:
        if customer is None and known.removed_at is None:
            known.removed_at, known.removed_by = work.now, work.actor.name
            known.auto_at = known.auto_by = None
        return
    page = work.session.scalar(select(Checkout).where(Checkout.session == session))
    if page is None or customer is None:
        return
    saved = SavedMethod(
        client_id=page.client_id, customer=customer, method=method, brand=brand, last4=last4,
        exp_month=exp_month, exp_year=exp_year, consent=consent_words(work), consented_at=work.now,
    )  # fmt: skip
    work.session.add(saved)
    if page.purpose == "setup":
        page.closed_at = page.closed_at or work.now
    work.describe("Noted a way to pay that was kept")


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Charge by itself")
def set_auto_charge(work: Work, *, method: MethodRef, on: bool) -> Saved:
    """Let invoices sent to a client be charged to a kept way to pay by themselves, or not any more."""
    row = work.get(SavedMethod, number_of(method), "way to pay")
    if row.removed_at is not None:
        raise Conflict("This way to pay was forgotten.", code="method_gone")
    for other in work.session.scalars(
        select(SavedMethod).where(SavedMethod.client_id == row.client_id, SavedMethod.auto_at.is_not(None))
    ):
        other.auto_at = other.auto_by = None
    if on:
        row.auto_at, row.auto_by = work.now, work.actor.name
    work.describe(f"{'Lets' if on else 'Stopped letting'} invoices be charged to {row.name}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.FINAL, label="Forget a way to pay")
def forget_method(work: Work, *, method: MethodRef) -> Saved:
    """Forget a kept way to pay, here and at Stripe. It cannot be charged from this moment."""
    row = work.get(SavedMethod, number_of(method), "way to pay")
    if row.removed_at is None:
        row.removed_at, row.removed_by = work.now, work.actor.name
        row.auto_at = row.auto_by = None
        send_off(work, "detach", row.ref, {"method": row.method})
        work.describe(f"Forgot {row.name}")
    return Saved(row.ref, row.id)
