"""View of the ledger: who was told what."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.profile.disclosures import DisclosureRow, list_disclosures
from opsystem.business.team.queries import list_team
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page

VENDORS = {
    "anthropic": ("Anthropic", "Claude", "sparkles"),
    "twilio": ("Twilio", "texts", "message-square"),
    "stripe": ("Stripe", "payments", "banknote"),
    "mailgun": ("Mailgun", "emails", "mail"),
}
_LONGEST_NUMBER = 7
_ASSISTANT = "assistant for "
_MACHINES = {"outbox": "the outbox", "system": "OpSystem"}


@business_page(Permission.DISCLOSURES_READ)
def show_list(door: Door) -> HttpResponse:
    """Show what left the vault, newest first."""
    get = door.request.GET
    vendor = get.get("vendor", "") if get.get("vendor", "") in VENDORS else ""
    found = door.ask(list_disclosures, vendor=vendor, page=_page(get.get("page", "")))
    names = {row.ref: row.name for row in door.ask(list_team, include_removed=True)}
    rows = [(row, _initiator(row, names)) for row in found.rows]
    here = door.url("settings:disclosures")
    vendor_tabs = [
        {"label": f"{name} ({what})", "url": f"{here}?vendor={key}", "current": key == vendor}
        for key, (name, what, _) in VENDORS.items()
    ]
    context = {
        "found": found,
        "rows_shown": rows,
        "vendor": vendor,
        "vendors": VENDORS,
        "vendor_tabs": vendor_tabs,
    }
    return door.page("settings/disclosures.html", context)


def _page(typed: str) -> int:
    """Return the number of the page that the address asks for; the first one for anything else."""
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < _LONGEST_NUMBER else 1


def _initiator(row: DisclosureRow, names: dict[str, str]) -> str:
    """Return on whose initiative something left, by name where it is a person of the team."""
    by_assistant = row.initiator.startswith(_ASSISTANT)
    ref = row.initiator.removeprefix(_ASSISTANT)
    name = names.get(ref) or _MACHINES.get(ref, ref)
    return f"Claude for {name}" if by_assistant else name
