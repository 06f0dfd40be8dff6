"""What billing does by itself, woken by its alarm: invoices of plans, and reminders of overdue ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from opsystem.business.billing.calendar import month_after, morning
from opsystem.business.billing.models import BillingPlan
from opsystem.business.billing.reminding import due_reminders, remind
from opsystem.business.billing.telling import next_statement, send_due_statements
from opsystem.business.invoices.drafts import LINES, draft_invoice
from opsystem.business.invoices.issuing import issue_invoice
from opsystem.business.invoices.models import Invoice
from opsystem.business.profile.queries import today, zone_of
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation, query
from opsystem.operations.actor import Actor
from opsystem.vault import Vault


@dataclass(frozen=True)
class BillingDone:
    """What one look did: invoices made, reminders written, and what was in the way."""

    invoices: int
    reminders: int
    problems: int
    statements: int = 0


@operation(permission=Permission.DELIVER, effect=Effect.SEND, label="Do what billing is due", assistant=False)
def do_due_billing(work: Work) -> BillingDone:
    """Make the invoices of plans whose day has come; write reminders and monthly statements that are due."""
    made = problems = 0
    for plan in _due_plans(work):
        problem = _bill(work, plan)
        made, problems = made + (problem is None), problems + (problem is not None)
    reminded = 0
    for invoice, step in due_reminders(work):
        problem = remind(work, invoice, step)
        reminded, problems = reminded + (problem is None), problems + (problem is not None)
    told, silent = send_due_statements(work)
    work.describe(f"Made {made} planned invoices, wrote {reminded} reminders and {told} statements")
    return BillingDone(made, reminded, problems + silent, told)


@query(permission=Permission.DELIVER, label="Show when billing is due", assistant=False)
def next_billing(work: Work) -> datetime | None:
    """Return when billing next has something to look at: the next morning while anything can become due."""
    runs = (BillingPlan.next_on.is_not(None), BillingPlan.paused_at.is_(None))
    plans = work.session.scalar(select(func.min(BillingPlan.next_on)).where(*runs))
    owed = work.session.scalar(select(func.min(Invoice.due_on)).where(Invoice.open_cents > 0))
    late = owed + timedelta(days=3) if owed else None
    days = [day for day in (plans, late, next_statement(work)) if day is not None]
    if not days:
        return None
    following = morning(today(work), zone_of(work.session))
    if following <= work.now:
        following = morning(today(work) + timedelta(days=1), zone_of(work.session))
    return max(following, morning(min(days), zone_of(work.session)))


def run_billing(vault: Vault, now: datetime) -> datetime | None:
    """Do the lane's work on an open vault; return when it next wants attention."""
    system = Actor.system()
    opens = clock.local(now, _zone(vault)).hour
    if opens >= 10:
        do_due_billing.perform(vault, system, at=now)
    return next_billing.ask(vault, system, at=now)


def _zone(vault: Vault) -> str:
    with vault.reading() as session:
        return zone_of(session)


def _due_plans(work: Work) -> list[BillingPlan]:
    due = select(BillingPlan).where(BillingPlan.next_on <= today(work), BillingPlan.paused_at.is_(None))
    return list(work.session.scalars(due.order_by(BillingPlan.id)))


def _bill(work: Work, plan: BillingPlan) -> str | None:
    """Make a plan's invoice and go on to its next day; one that cannot be billed is paused and says why."""
    day = plan.next_on or today(work)
    try:
        with work.session.begin_nested():
            draft = work.do(
                draft_invoice, client=make_ref("client", plan.client_id), title=plan.title,
                lines=LINES.validate_json(plan.lines),
                property=make_ref("property", plan.property_id) if plan.property_id else None,
            )  # fmt: skip
            work.do(issue_invoice, draft=draft.ref, issued_on=day)
    except Problem as problem:
        plan.problem, plan.paused_at, plan.paused_by = problem.message, work.now, work.actor.name
        return problem.message
    plan.made += 1
    following = month_after(plan.first_on, day, plan.every_months)
    plan.next_on = following if plan.last_on is None or following <= plan.last_on else None
    return None
