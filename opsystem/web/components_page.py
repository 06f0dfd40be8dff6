"""Every component in every state, with sample data: for those who build pages and those who look after them.

Nothing here comes from a vault; the names are invented.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from opsystem.kit import clock
from opsystem.web.forms import FormState
from opsystem.web.templating import page

HERE = "/components"
WORDS = "Hi Mrs Alvarez, Bob comes tomorrow between 9 and 10. Could you send us the gate code? Thank you."
PLACES = (
    ("today", "Today", "house", 0),
    ("inbox", "Inbox", "inbox", 3),
    ("schedule", "Schedule", "calendar-days", 0),
    ("clients", "Clients", "users", 0),
    ("jobs", "Jobs", "briefcase", 0),
    ("files", "Files", "folder", 0),
    ("prices", "Prices", "tag", 0),
    ("team", "Team", "user", 0),
    ("history", "History", "history", 0),
    ("settings", "Settings", "settings", 0),
)
APPROVAL_STATES = ("pending", "edited", "approved", "rejected", "expired", "stale", "sent", "failed")
PILL_STATES = (
    "new", "unscheduled", "scheduled", "in_progress", "done", "cancelled", "late", "archived", "queued",
    "sent", "delivered", "failed", "pending", "stale", "unread", "invited",
)  # fmt: skip
COLOURS = (
    "bg", "surface", "sunken", "ink", "ink-2", "ink-3", "line", "line-strong", "brand", "brand-soft", "ok",
    "ok-soft", "warn", "warn-soft", "bad", "bad-soft", "ai", "ai-soft", "focus",
)  # fmt: skip


@require_GET
def show_components(request: HttpRequest) -> HttpResponse:
    """Show the page. `?signed-out` shows the other layout."""
    if "signed-out" in request.GET:
        return page(request, "components_page/signed_out.html", {"form": sample_form(), "here": HERE})
    return page(request, "components_page/show.html", samples())


def samples() -> dict[str, Any]:
    """Return what the page shows."""
    now = clock.now()
    return {
        "shell": sample_shell(request_theme="system"),
        "here": HERE,
        "now": now,
        "soon": now + timedelta(seconds=25),
        "tomorrow": (now + timedelta(days=1)).replace(hour=14, minute=0, second=0, microsecond=0),
        "form": sample_form(),
        "words": WORDS,
        "approvals": [sample_approval(state, number, now) for number, state in enumerate(APPROVAL_STATES, 1)],
        "pill_states": PILL_STATES,
        "colours": COLOURS,
        "files": sample_files(),
    }


def sample_form() -> FormState:
    """Return a form with values and one error, as it stands after a try."""
    return FormState(
        values={
            "name": "Ana Ruiz",
            "phone": "228 555",
            "kind": "repair",
            "notes": "Gate code\n4711",
            "told": "on",
        },
        errors={"phone": "Give a phone number with its area code, like (228) 555-0142."},
        message="The client was not saved",
    )


def sample_shell(request_theme: str) -> dict[str, Any]:
    """Return what the layout shows around a page."""
    items = [
        {
            "name": name,
            "label": label,
            "icon": icon,
            "url": HERE,
            "current": name == "clients",
            "count": count,
        }
        for name, label, icon, count in PLACES
    ]
    by_name = {item["name"]: item for item in items}
    ask = {"name": "ask", "label": "Ask", "icon": "sparkles", "url": HERE, "current": False, "count": 0}
    more = {"name": "more", "label": "More", "icon": "menu", "url": "#more", "current": False, "count": 0}
    return {
        "business_name": "Hurley Plumbing",
        "business_number": 7,
        "person_name": "Alice Hurley",
        "role": "Owner",
        "items": items,
        "bottom": [by_name["today"], by_name["schedule"], ask, by_name["inbox"], more],
        "businesses": [{"name": "Hurley Plumbing", "url": HERE}, {"name": "Delta Painting", "url": HERE}],
        "theme": request_theme,
        "toasts": [{"text": "The visit was moved to Thu 10:00 am", "undo_url": HERE, "kind": "done"}],
        "search_url": HERE,
        "ask_url": HERE,
        "account_url": HERE,
        "sign_out_url": HERE,
        "theme_url": HERE,
    }


def sample_approval(state: str, number: int, now: datetime) -> dict[str, Any]:
    """Return a proposal in one state."""
    problems = {
        "failed": "The text was not sent: the number has opted out. Email Mrs Alvarez instead?",
        "stale": "The visit was moved after this was written. Ask Claude to write it anew.",
    }
    decided = {
        "approved": "by Alice Hurley, just now",
        "rejected": "by Alice Hurley",
        "sent": "Sent, not yet read",
    }
    return {
        "id": number,
        "ref": f"A-{number}",
        "state": state,
        "act": "Text Rosa Alvarez",
        "icon": "message-square-text",
        "who": "Rosa Alvarez",
        "who_detail": "(228) 555-0142",
        "who_url": HERE,
        "what": "A text message, about visit V-31",
        "words": WORDS,
        "why": "You asked to tell her when Bob comes and to ask for the gate code.",
        "fields": [{"name": "body", "label": "Message", "kind": "area", "value": WORDS}],
        "approve_url": HERE,
        "edit_url": HERE,
        "reject_url": HERE,
        "hold_until": now + timedelta(seconds=25) if state == "approved" else None,
        "undo_url": HERE,
        "problem": problems.get(state, ""),
        "decided": decided.get(state, ""),
    }


def sample_files() -> list[dict[str, Any]]:
    """Return photos and files of a job."""
    kinds = (
        ("image", "Water heater, before", 2_400_000),
        ("pdf", "Permit.pdf", 88_000),
        ("video", "Leak.mov", 61e6),
    )
    return [
        {
            "url": HERE,
            "thumb_url": None,
            "name": name,
            "caption": "",
            "size": int(size),
            "kind": kind,
            "ref": f"F-{n}",
        }
        for n, (kind, name, size) in enumerate(kinds, 1)
    ]


guarded = login_required(show_components)
guarded.access = "signed in"  # type: ignore[attr-defined]
urlpatterns = [path(HERE.removeprefix("/"), guarded, name="components")]
