"""What a record is called in one line, whatever its noun: for search, history and approval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opsystem.business.billing.models import BillingPlan, ProgressContract
from opsystem.business.certificates.models import Certificate
from opsystem.business.checklists.models import Checklist
from opsystem.business.clients.models import Client, Note, Property
from opsystem.business.clients.persons.models import Person
from opsystem.business.collecting.keeping import Finding
from opsystem.business.collecting.models import Checkout, SavedMethod
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.conversations.threads import show_address
from opsystem.business.equipment.models import Equipment
from opsystem.business.expenses.models import Expense
from opsystem.business.fields.models import CustomField
from opsystem.business.files.models import File
from opsystem.business.intake.models import Request
from opsystem.business.invoices.models import CreditNote, Invoice, InvoiceDraft
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.stamps.models import TimeEntry
from opsystem.business.jobtypes.models import JobType
from opsystem.business.ledger.models import Entry
from opsystem.business.links.models import ClientLink
from opsystem.business.payments.models import Dispute, Payment, Refund
from opsystem.business.prices.models import Price
from opsystem.business.profile.models import Profile
from opsystem.business.quotes.models import Quote
from opsystem.business.record import Record
from opsystem.business.recurring.models import Series
from opsystem.business.skills.models import Skill
from opsystem.business.tags.models import Tag, View
from opsystem.business.taxes.models import TaxRate
from opsystem.business.team.models import Member
from opsystem.business.templates.models import Template
from opsystem.kit import clock
from opsystem.kit.money import show_cents
from opsystem.kit.phone import show_phone
from opsystem.operations import Permission, Work

_MOST = 80


@dataclass(frozen=True)
class Kind:
    """One kind of record: its table, who may read it, and how it is called."""

    entity: type[Record]
    permission: Permission
    title: Callable[[Work, Any], str]
    client: Callable[[Work, Any], int | None]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"


def _zone(work: Work) -> str:
    profile = work.session.get(Profile, 1)
    return profile.zone if profile is not None else "UTC"


def local_time(work: Work, moment: Any) -> str:
    """Return a moment as the business's wall clock shows it (`Tue Nov 24, 2026, 9:00 AM`)."""
    wall = clock.local(moment, _zone(work))
    return f"{wall:%a %b} {wall.day}, {wall.year}, {wall:%I:%M %p}".replace(", 0", ", ")


def _visit(work: Work, visit: Visit) -> str:
    job = work.session.get(Job, visit.job_id)
    return f"{job.title if job is not None else 'Visit'}, {local_time(work, visit.starts_at)}"


def _client_of_visit(work: Work, visit: Visit) -> int | None:
    job = work.session.get(Job, visit.job_id)
    return job.client_id if job is not None else None


def _client(work: Work, client: Client) -> str:  # noqa: ARG001
    return f"{client.name}, {show_phone(client.phone)}" if client.phone else client.name


def _client_of_job(work: Work, row: Series | TimeEntry | ProgressContract | Expense) -> int | None:
    job = work.session.get(Job, row.job_id) if row.job_id is not None else None
    return job.client_id if job is not None else None


def _series(work: Work, series: Series) -> str:
    job = work.session.get(Job, series.job_id)
    return f"{job.title if job is not None else 'Work'}, from {series.first_day:%b} {series.first_day.day} on"


def _time(work: Work, entry: TimeEntry) -> str:
    return f"{entry.sort.capitalize()}, {local_time(work, entry.starts_at)}"


def _client_of_payment(work: Work, row: Any) -> int | None:
    payment = work.session.get(Payment, row.payment_id)
    return payment.client_id if payment is not None else None


def _client_of_invoice(work: Work, row: Any) -> int | None:
    invoice = work.session.get(Invoice, row.invoice_id)
    return invoice.client_id if invoice is not None else None


def _amount(_: Work, row: Any) -> str:
    return show_cents(row.cents)


KINDS: dict[str, Kind] = {
    "invoice": Kind(
        Invoice,
        Permission.MONEY_READ,
        lambda _, row: f"{row.bill_to}, {show_cents(row.total_cents)}",
        lambda _, row: row.client_id,
    ),
    "draft": Kind(
        InvoiceDraft,
        Permission.MONEY_READ,
        lambda _, row: row.title or "Draft of an invoice",
        lambda _, row: row.client_id,
    ),
    "payment": Kind(Payment, Permission.MONEY_READ, _amount, lambda _, row: row.client_id),
    "expense": Kind(
        Expense,
        Permission.EXPENSES_WRITE,
        lambda _, row: f"{row.what}, {show_cents(row.cents)}",
        _client_of_job,
    ),
    "refund": Kind(Refund, Permission.MONEY_READ, _amount, _client_of_payment),
    "dispute": Kind(Dispute, Permission.MONEY_READ, _amount, _client_of_payment),
    "credit": Kind(CreditNote, Permission.MONEY_READ, _amount, _client_of_invoice),
    "plan": Kind(BillingPlan, Permission.MONEY_READ, lambda _, row: row.title, lambda _, row: row.client_id),
    "contract": Kind(
        ProgressContract,
        Permission.MONEY_READ,
        lambda _, row: show_cents(row.sum_cents),
        _client_of_job,
    ),
    "entry": Kind(
        Entry, Permission.MONEY_READ, lambda _, row: f"{row.event} {row.source}".strip(), lambda _, __: None
    ),
    "tax": Kind(TaxRate, Permission.MONEY_READ, lambda _, row: row.name, lambda _, __: None),
    "client": Kind(Client, Permission.CLIENTS_READ, _client, lambda _, row: row.id),
    "property": Kind(
        Property, Permission.CLIENTS_READ, lambda _, row: row.address, lambda _, row: row.client_id
    ),
    "person": Kind(
        Person,
        Permission.CLIENTS_READ,
        lambda _, row: f"{row.name} ({row.role})",
        lambda _, row: row.client_id,
    ),
    "field": Kind(CustomField, Permission.LISTS_READ, lambda _, row: row.name, lambda _, __: None),
    "tag": Kind(Tag, Permission.CLIENTS_READ, lambda _, row: row.name, lambda _, __: None),
    "view": Kind(View, Permission.SETTINGS_MANAGE, lambda _, row: row.name, lambda _, __: None),
    "job": Kind(Job, Permission.JOBS_READ, lambda _, row: row.title, lambda _, row: row.client_id),
    "visit": Kind(Visit, Permission.JOBS_READ, _visit, _client_of_visit),
    "note": Kind(
        Note, Permission.CLIENTS_READ, lambda _, row: _short(row.body), lambda _, row: row.client_id
    ),
    "file": Kind(File, Permission.FILES_READ, lambda _, row: row.name, lambda _, row: row.client_id),
    "thread": Kind(
        Thread,
        Permission.MESSAGES_READ,
        lambda _, row: show_address(row.channel, row.address),
        lambda _, row: row.client_id,
    ),
    "link": Kind(
        ClientLink,
        Permission.MESSAGES_READ,
        lambda _, row: f"Link to {row.about or 'all pages'}",
        lambda _, row: row.client_id,
    ),
    "message": Kind(
        Message,
        Permission.MESSAGES_READ,
        lambda _, row: _short(row.subject or row.body),
        lambda _, row: row.client_id,
    ),
    "price": Kind(Price, Permission.PRICES_READ, lambda _, row: row.name, lambda _, __: None),
    "quote": Kind(Quote, Permission.MONEY_READ, lambda _, row: row.title, lambda _, row: row.client_id),
    "checklist": Kind(Checklist, Permission.LISTS_READ, lambda _, row: row.name, lambda _, __: None),
    "template": Kind(Template, Permission.LISTS_READ, lambda _, row: row.name, lambda _, __: None),
    "request": Kind(Request, Permission.JOBS_READ, lambda _, row: row.title, lambda _, row: row.client_id),
    "series": Kind(Series, Permission.JOBS_READ, _series, _client_of_job),
    "job_type": Kind(JobType, Permission.LISTS_READ, lambda _, row: row.name, lambda _, __: None),
    "skill": Kind(Skill, Permission.TEAM_READ, lambda _, row: row.name, lambda _, __: None),
    "certificate": Kind(Certificate, Permission.TEAM_READ, lambda _, row: row.name, lambda _, __: None),
    "equipment": Kind(
        Equipment, Permission.CLIENTS_READ, lambda _, row: row.title, lambda _, row: row.client_id
    ),
    "time": Kind(TimeEntry, Permission.TIME_WRITE, _time, _client_of_job),
    "checkout": Kind(Checkout, Permission.MONEY_READ, lambda _, row: row.words, lambda _, row: row.client_id),
    "method": Kind(SavedMethod, Permission.MONEY_READ, lambda _, row: row.name, lambda _, row: row.client_id),
    "finding": Kind(
        Finding, Permission.MONEY_READ, lambda _, row: _short(row.words), lambda _, row: row.client_id
    ),
    "member": Kind(Member, Permission.TEAM_READ, lambda _, row: row.name, lambda _, __: None),
}


def title_of(work: Work, kind: str, number: int) -> str | None:
    """Return what a record is called, or None when it is not there for this actor."""
    known = KINDS.get(kind)
    if known is None or not work.actor.may(known.permission):
        return None
    row = work.session.get(known.entity, number)
    return known.title(work, row) if row is not None else None
