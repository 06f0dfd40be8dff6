"""What surrounds every page of a business: navigation, counts, toasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.urls import reverse

from opsystem.business.asking.attention import Attention, attention
from opsystem.control.businesses.models import Membership
from opsystem.operations import Permission, Role

if TYPE_CHECKING:
    from opsystem.web.door import Door


@dataclass(frozen=True)
class Place:
    """One entry of the navigation: where, how it is called, and who may go there."""

    name: str
    label: str
    icon: str
    route: str
    permission: Permission


PLACES = (
    Place("today", "Today", "house", "today:show", Permission.JOBS_READ),
    Place("inbox", "Inbox", "inbox", "inbox:list", Permission.MESSAGES_READ),
    Place("schedule", "Schedule", "calendar-days", "schedule:week", Permission.JOBS_READ),
    Place("clients", "Clients", "users", "clients:list", Permission.CLIENTS_READ),
    Place("jobs", "Jobs", "briefcase", "jobs:list", Permission.JOBS_READ),
    Place("requests", "Requests", "flag", "requests:list", Permission.JOBS_WRITE),
    Place("recurring", "Recurring", "refresh-cw", "recurring:list", Permission.JOBS_WRITE),
    Place("time", "Hours", "clock", "time:week", Permission.JOBS_READ),
    Place("quotes", "Quotes", "file-text", "quotes:list", Permission.MONEY_READ),
    Place("ask", "Ask", "sparkles", "ask:home", Permission.ASSISTANT_USE),
    Place("approvals", "Approvals", "check", "approvals:list", Permission.APPROVE),
    Place("invoices", "Invoices", "receipt", "invoices:list", Permission.MONEY_READ),
    Place("money", "Money", "banknote", "money:show", Permission.MONEY_READ),
    Place("expenses", "Expenses", "receipt", "expenses:list", Permission.EXPENSES_WRITE),
    Place("reports", "Reports", "chart-column", "reports:home", Permission.REPORTS_READ),
    Place("files", "Files", "folder", "files:list", Permission.FILES_READ),
    Place("prices", "Prices", "tag", "prices:list", Permission.PRICES_READ),
    Place("team", "Team", "user", "team:list", Permission.TEAM_READ),
    Place("history", "History", "history", "history:list", Permission.HISTORY_READ),
    Place("settings", "Settings", "settings", "settings:home", Permission.SETTINGS_MANAGE),
)
BOTTOM = ("today", "schedule", "ask", "inbox")
# A person who has no inbox has clients there instead.
_BOTTOM_OTHERWISE = "clients"


def shell_of(door: Door) -> dict[str, Any]:
    """Return the shell of a page for this person."""
    counted = door.ask(attention)
    items = [_item(door, place, counted) for place in PLACES if door.actor.may(place.permission)]
    by_name = {item["name"]: item for item in items}
    bottom = [by_name[name] for name in BOTTOM if name in by_name]
    if "inbox" not in by_name and _BOTTOM_OTHERWISE in by_name:
        bottom.append(by_name[_BOTTOM_OTHERWISE])
    more = {"name": "more", "label": "More", "icon": "menu", "url": "#more", "current": False, "count": 0}
    person = door.request.user
    return {
        "business_name": door.business.name,
        "business_number": door.business.number,
        "person_name": door.actor.name,
        "role": door.actor.role.title if isinstance(door.actor.role, Role) else "",
        "items": items,
        "bottom": [*bottom, more],
        "businesses": _businesses(door.memberships),
        "theme": getattr(person, "theme", "system"),
        "toasts": list(_toasts(door)),
        "search_url": door.url("search:find") if door.actor.may(Permission.SEARCH) else "",
        "ask_url": door.url("ask:home") if door.actor.may(Permission.ASSISTANT_USE) else "",
        "account_url": reverse("account"),
        "sign_out_url": reverse("account_logout"),
        "theme_url": reverse("theme"),
    }


def _item(door: Door, place: Place, counted: Attention) -> dict[str, Any]:
    url = door.url(place.route)
    counts = {"inbox": counted.unread_threads, "approvals": counted.pending_proposals}
    path = door.request.path
    return {
        "name": place.name,
        "label": place.label,
        "icon": place.icon,
        "url": url,
        "current": path == url or path.startswith(f"{url}/"),
        "count": counts.get(place.name, 0),
    }


def _businesses(memberships: list[Membership]) -> list[dict[str, str]]:
    return [
        {"name": one.business.name, "url": reverse("today:show", args=[one.business.number])}
        for one in memberships
    ]


def _toasts(door: Door) -> list[dict[str, Any]]:
    toasts = []
    for message in messages.get_messages(door.request):
        kind, _, undo = (message.extra_tags or "done|").partition("|")
        toasts.append({"text": str(message), "undo_url": undo or None, "kind": kind or "done"})
    return toasts
