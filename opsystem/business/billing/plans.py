"""Billing plans: an invoice that is made again and again, on its own days."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from opsystem.business.billing.calendar import month_after
from opsystem.business.billing.models import BillingPlan
from opsystem.business.clients.models import Client
from opsystem.business.invoices.drafts import LINES, Lines
from opsystem.business.lines import divide_half_up
from opsystem.business.profile.queries import today
from opsystem.business.references import ClientRef, PlanRef, PropertyRef, number_of
from opsystem.business.wording import Name
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Saved, Work, operation

Months = Annotated[int, Field(ge=1, le=60, description="Every so many months.")]


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Add billing plan")
def add_billing_plan(
    work: Work,
    *,
    client: ClientRef,
    title: Name,
    lines: Lines,
    every_months: Months = 1,
    first_on: date | None = None,
    last_on: date | None = None,
    property: PropertyRef | None = None,  # noqa: A002
) -> Saved:
    """Invoice a client by itself, every so many months from a day on. Amounts are US cents."""
    row = work.get(Client, number_of(client), "client")
    begins = first_on or today(work)
    plan = BillingPlan(
        client_id=row.id, property_id=number_of(property) if property else None, title=title,
        lines=LINES.dump_json(lines).decode(), every_months=every_months, first_on=begins,
        next_on=begins, last_on=last_on,
    )  # fmt: skip
    work.session.add(plan)
    work.session.flush()
    work.set_alarm("billing", work.now)
    work.describe(f"Planned invoices for {row.name}: {title}")
    return Saved(plan.ref, plan.id)


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Pause billing plan")
def pause_billing_plan(work: Work, *, plan: PlanRef) -> Saved:
    """Stop making a plan's invoices until it is resumed."""
    row = work.get(BillingPlan, number_of(plan), "plan")
    if row.paused_at is not None:
        raise Conflict(f"{row.ref} is paused already.", code="plan_paused")
    row.paused_at, row.paused_by = work.now, work.actor.name
    work.describe(f"Paused {row.title}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Resume billing plan")
def resume_billing_plan(work: Work, *, plan: PlanRef) -> Saved:
    """Go on with a plan. Days that passed while it was paused are not invoiced."""
    row = work.get(BillingPlan, number_of(plan), "plan")
    if row.paused_at is None:
        raise Conflict(f"{row.ref} is not paused.", code="plan_runs")
    row.paused_at = row.paused_by = row.problem = None
    while row.next_on is not None and row.next_on < today(work):
        row.next_on = month_after(row.first_on, row.next_on, row.every_months)
    work.set_alarm("billing", work.now)
    work.describe(f"Resumed {row.title}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Raise price of plan")
def raise_plan(
    work: Work, *, plan: PlanRef, milli_percent: Annotated[int, Field(ge=-100_000, le=1_000_000)]
) -> Saved:
    """Raise the prices of a plan by thousandths of a percent, from its next invoice on."""
    row = work.get(BillingPlan, number_of(plan), "plan")
    lines = LINES.validate_json(row.lines)
    raised = [
        {**vars(one), "unit_cents": divide_half_up(one.unit_cents * (100_000 + milli_percent), 100_000)}
        for one in lines
    ]
    row.lines = LINES.dump_json(LINES.validate_python(raised)).decode()
    work.describe(f"Changed the price of {row.title} by {milli_percent / 1000:g} %")
    return Saved(row.ref, row.id)
