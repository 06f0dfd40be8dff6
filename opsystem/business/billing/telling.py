"""Statements that go out by themselves: once a month, on the day the business chose, to all who owe."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from opsystem.business.billing.calendar import month_after
from opsystem.business.billing.letters import Channel, say_day
from opsystem.business.billing.models import ReminderPause
from opsystem.business.clients.models import Client
from opsystem.business.clients.persons.queries import recipient_of
from opsystem.business.clients.purposes import Purpose
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.settings import settings_of
from opsystem.business.links.wording import LINK, with_link
from opsystem.business.profile.queries import profile_row, today
from opsystem.kit.errors import Problem
from opsystem.kit.money import show_cents
from opsystem.operations import Work

_SHOWN = 20


def next_statement(work: Work) -> date | None:
    """Return the next day on which statements go out; None when they do not by themselves."""
    settings = settings_of(work)
    if settings.statement_day is None or settings.statements_since is None:
        return None
    day, last = today(work).replace(day=settings.statement_day), settings.statements_last_on
    told = last is not None and (last.year, last.month) == (day.year, day.month)
    if day < settings.statements_since or told:
        return month_after(day, day, 1)
    return day


def send_due_statements(work: Work) -> tuple[int, int]:
    """Write the statements of this month if their day has come; return how many were and were not written.

    A worker that slept on the day sends them later in the same month; a client is told once in a month.
    """
    due = next_statement(work)
    if due is None or due > today(work):
        return 0, 0
    settings_of(work).statements_last_on = due
    quiet = select(ReminderPause.client_id)
    owing = (
        select(Invoice.client_id)
        .where(Invoice.open_cents > 0, Invoice.client_id.not_in(quiet))
        .group_by(Invoice.client_id)
        .order_by(Invoice.client_id)
    )
    told = [_tell(work, work.get(Client, number, "client")) for number in work.session.scalars(owing).all()]
    return sum(told), len(told) - sum(told)


def _tell(work: Work, client: Client) -> bool:
    ways: tuple[Channel, ...] = ("email", "sms")
    for channel in ways:
        to = recipient_of(work, client, Purpose.INVOICES, channel)
        if to is None:
            continue
        body = _words(work, client, short=channel == "sms")
        if to.person is None:
            body = with_link(work, body, client_id=client.id)
        else:
            # Somebody who gets the bills is not handed all that is the client's.
            body = body.replace(f" {LINK}", "")
        about = {"client": client.ref, "body": body, "purpose": Purpose.INVOICES}
        try:
            with work.session.begin_nested():
                if channel == "email":
                    work.do(
                        send_email, **about, subject=f"Statement from {profile_row(work.session).name}"[:200]
                    )
                else:
                    work.do(send_text, **about)
        except Problem:
            # Who cannot be reached one way may be the other; the rest is counted as not told.
            continue
        return True
    return False


def _words(work: Work, client: Client, *, short: bool) -> str:
    mine = (Invoice.client_id == client.id, Invoice.open_cents > 0)
    count, owed = work.session.execute(
        select(func.count(Invoice.id), func.sum(Invoice.open_cents)).where(*mine)
    ).one()
    business = profile_row(work.session).name
    papers = "one invoice" if count == 1 else f"{count} invoices"
    head = (
        f"Hello {client.name.split()[0]}, on {say_day(today(work))} {show_cents(owed)} is open"
        f" on {papers}. {LINK} {business}"
    )
    if short:
        return head
    rows = select(Invoice).where(*mine).order_by(Invoice.due_on, Invoice.id).limit(_SHOWN)
    lines = [
        f"{one.ref}, due {say_day(one.due_on)}: {show_cents(one.open_cents)}"
        for one in work.session.scalars(rows)
    ]
    more = [f"and {count - _SHOWN} more"] if count > _SHOWN else []
    return "\n".join([head, "", *lines, *more])
