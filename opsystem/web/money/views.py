"""Money at a glance, and every sum down to its postings."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.billing.queries import (
    cash,
    client_statement,
    list_owing,
    receivables_ageing,
    revenue,
)
from opsystem.business.ledger.chart import TITLES, Account
from opsystem.business.ledger.queries import list_accounts, list_postings, show_entry
from opsystem.business.payments.queries import list_payments
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.MONEY_READ)
def show(door: Door) -> HttpResponse:
    """Show what is owed, what was earned and what came in, with the accounts of the books."""
    today = localtime(clock.now()).date()
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    context = {
        "ageing": door.ask(receivables_ageing),
        "earned": sum(one.cents for one in door.ask(revenue, since=month, until=today)),
        "months": door.ask(revenue, since=year, until=today),
        "moved": door.ask(cash, since=month, until=today),
        "accounts": [one for one in door.ask(list_accounts) if one.balance_cents],
        "payments": door.ask(list_payments).rows[:8],
    }
    return door.page("money/show.html", context)


@business_page(Permission.MONEY_READ)
def account(door: Door, account: int) -> HttpResponse:
    """Show one account: the rows its balance is made of."""
    try:
        known = Account(str(account))
    except ValueError as error:
        raise NotFound("There is no such account.", code="no_account") from error
    rows = door.ask(list_postings, account=known, page=door.page_number)
    return door.page("money/account.html", {"title": TITLES[known], "number": account, "rows": rows})


@business_page(Permission.MONEY_READ)
def entry(door: Door, entry: int) -> HttpResponse:
    """Show one entry of the books."""
    return door.page("money/entry.html", {"entry": door.ask(show_entry, entry=make_ref("entry", entry))})


@business_page(Permission.MONEY_READ)
def statements(door: Door) -> HttpResponse:
    """Show who owes, each with a statement."""
    return door.page("money/statements.html", {"owing": door.ask(list_owing)})


@business_page(Permission.MONEY_READ)
def statement(door: Door, client: int) -> HttpResponse:
    """Show a client's statement over the last months, or the days asked for."""
    today = localtime(clock.now()).date()
    since = _day(door.request.GET.get("since", ""), (today - timedelta(days=92)).replace(day=1))
    until = _day(door.request.GET.get("until", ""), today)
    found = door.ask(client_statement, client=make_ref("client", client), since=since, until=until)
    return door.page("money/statement.html", {"statement": found})


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
