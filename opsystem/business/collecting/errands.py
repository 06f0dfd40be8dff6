"""What became of an errand to Stripe: told by our own worker, which has asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from opsystem.business.collecting.keeping import Errand
from opsystem.business.collecting.models import Checkout
from opsystem.business.collecting.noting import note_finding
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation

Number = Annotated[int, Field(ge=1)]
Word = Annotated[str, Field(max_length=300)]


@operation(permission=Permission.DELIVER, effect=Effect.COMMIT, label="Note payment page", assistant=False)
def note_page(
    work: Work,
    *,
    checkout: Number,
    session: Word,
    url: Annotated[str, Field(max_length=2000)],
    status: Word,
    expires_at: datetime,
    customer: Word = "",
    payment_intent: Word = "",
) -> str:
    """Note the page that Stripe has made, or that it is over; return where the client pays, "" if nowhere."""
    row = work.get(Checkout, checkout, "payment page")
    row.session, row.expires_at = session, expires_at
    row.url = url or None
    row.customer = row.customer or customer or None
    row.payment_intent = row.payment_intent or payment_intent or None
    if status == "expired":
        row.closed_at = row.closed_at or work.now
    work.describe("Noted a payment page")
    return url if row.is_live else ""


@operation(permission=Permission.DELIVER, effect=Effect.COMMIT, label="Note charge", assistant=False)
def note_charge(work: Work, *, checkout: Number, payment_intent: Word) -> None:
    """Note the payment that a charge began at Stripe."""
    row = work.get(Checkout, checkout, "payment page")
    row.payment_intent = row.payment_intent or payment_intent
    work.describe("Noted a charge")


@operation(
    permission=Permission.DELIVER, effect=Effect.COMMIT, label="Note what Stripe refused", assistant=False
)
def note_refusal(work: Work, *, errand: Number, problem: Word, unclear: bool = False) -> None:
    """Note that Stripe refused something, or could not be asked for a day; somebody is told."""
    row = work.get(Errand, errand, "errand")
    said = row.said
    if row.task in ("expire", "detach"):
        return  # it was over already
    page = work.session.get(Checkout, said.get("checkout", 0))
    if page is not None and row.task in ("checkout", "charge") and page.paid_at is None:
        page.problem = problem
        page.failed_at = page.failed_at or work.now
    what = {"charge": "A charge", "refund": "A refund", "checkout": "A payment page"}.get(
        row.task, "Something"
    )
    end = "is not clear; look at it in Stripe" if unclear else "was refused"
    about = make_ref("invoice", page.invoice_id) if page is not None and page.invoice_id else row.about
    note_finding(
        work, f"errand {row.id}", f"{what} {end}: {problem}",
        client_id=page.client_id if page else None, about=about, cents=int(said.get("cents", 0)),
    )  # fmt: skip
    work.describe("Noted what Stripe refused")
