"""The view of search: a whole page, or the results of the bar."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.search.queries import search_records
from opsystem.business.search.records import Found
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.shell import PLACES

PAGES = {
    "client": ("Clients", "clients:show", "users"),
    "job": ("Jobs", "jobs:show", "briefcase"),
    "visit": ("Visits", "jobs:visit", "calendar-days"),
    "file": ("Files", "files:show", "folder"),
    "quote": ("Quotes", "quotes:show", "file-text"),
    "invoice": ("Invoices", "invoices:show", "receipt"),
    "request": ("Requests", "requests:show", "flag"),
    "expense": ("Expenses", "expenses:show", "receipt"),
    "person": ("Contacts", "clients:show", "user"),
    "equipment": ("Equipment", "equipment:show", "wrench"),
    "property": ("Properties", "clients:show", "map-pin"),
    "note": ("Notes", "clients:show", "notebook-pen"),
    "message": ("Messages", "clients:show", "message-square"),
    "price": ("Prices", "prices:list", "tag"),
    "template": ("Templates", "settings:templates", "file-text"),
    "member": ("Team", "team:list", "user"),
    "certificate": ("Certificates", "certificates:list", "file-text"),
}
_OF_CLIENT = {"person", "property", "note", "message"}
_OF_LIST = {"certificate", "price", "template", "member"}
_BAR_LIMIT, _PAGE_LIMIT = 12, 60


@business_page(Permission.SEARCH)
def find(door: Door) -> HttpResponse:
    """Find records by words or reference, and places to go to by name."""
    words = (door.request.GET.get("q") or door.request.GET.get("text") or "").strip()[:200]
    in_bar = "palette" in door.request.headers.get("HX-Target", "")
    found = door.ask(search_records, text=words, limit=_BAR_LIMIT if in_bar else _PAGE_LIMIT) if words else []
    groups = _groups(door, found)
    if in_bar:
        return door.page("search/bar.html", {"groups": [*_places(door, words), *groups]})
    return door.page("search/page.html", {"words": words, "groups": groups, "total": len(found)})


def _places(door: Door, words: str) -> list[dict[str, Any]]:
    rows = [
        {"title": place.label, "text": "Go to", "icon": place.icon, "url": door.url(place.route), "ref": ""}
        for place in PLACES
        if door.actor.may(place.permission) and (not words or place.label.lower().startswith(words.lower()))
    ]
    return [{"label": "Go to", "rows": rows}] if rows else []


def _groups(door: Door, found: list[Found]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        label, _, icon = PAGES[one.kind]
        text = " · ".join(
            part for part in (one.client_name if one.kind != "client" else "", one.excerpt) if part
        )
        row = {"title": one.title, "text": text, "icon": icon, "url": _url(door, one), "ref": one.ref}
        groups.setdefault(label, []).append(row)
    return [{"label": label, "rows": rows} for label, rows in groups.items()]


def _url(door: Door, one: Found) -> str:
    _, route, _ = PAGES[one.kind]
    if one.kind in _OF_LIST:
        return door.url(route)
    if one.kind in _OF_CLIENT:
        return door.url(route, int(one.client[2:])) if one.client else door.url("inbox:list")
    return door.url(route, one.id)
