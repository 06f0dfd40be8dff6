"""Views of settings: what there is, the business itself, what is switched off."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse

from opsystem.business.profile.operations import edit_profile, set_switch
from opsystem.business.profile.queries import business_profile, list_switches
from opsystem.control.tokens.keyring import tokens_of
from opsystem.kit.phone import show_phone
from opsystem.operations import Permission
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.settings.choices import industries, zones

_PROFILE = (
    "name",
    "phone",
    "website",
    "industry",
    "zone",
    "sms_hold",
    "mail_hold",
    "address",
    "licence",
    "colour",
)
# What a switch that is off holds back, in the words of the page.
_OFF = {
    "sms": "No text goes out.",
    "email": "No email to clients goes out.",
    "assistant": "Nobody can ask, nothing is sent to Claude.",
}


@business_page(Permission.SETTINGS_MANAGE)
def home(door: Door) -> HttpResponse:
    """Show what can be set."""
    context = {
        "profile": door.ask(business_profile),
        "off": [row.label for row in door.ask(list_switches) if not row.on],
        "tokens": len(tokens_of(person_of(door.request), door.business)),
    }
    return door.page("settings/home.html", context)


@business_page(Permission.SETTINGS_MANAGE, "GET", "POST")
def edit_business(door: Door) -> HttpResponse:
    """Change what is known of the business, and how long messages wait."""
    profile = door.ask(business_profile)
    form = FormState({**asdict(profile), "phone": show_phone(profile.phone) if profile.phone else ""})
    if door.is_post:
        outcome = door.submit(edit_profile, *_PROFILE, keep_empty=True)
        if outcome.done:
            door.tell("Saved", done=outcome.done)
            return door.go("settings:business")
        form = outcome.form
    context = {
        "form": form,
        "profile": profile,
        "industries": industries(str(form.value("industry"))),
        "zones": zones(profile.zone),
    }
    return door.page("settings/business.html", context)


@business_page(Permission.SETTINGS_MANAGE, "GET", "POST")
def switches(door: Door) -> HttpResponse:
    """Show what is switched off, and switch one on or off."""
    if door.is_post:
        sent = door.request.POST
        done = door.perform(set_switch, name=sent.get("name", ""), on=sent.get("on", ""))
        row = done.value
        door.tell(f"{row.label}: {'on' if row.on else 'off'}", done=done)
        return door.go("settings:switches")
    return door.page("settings/switches.html", {"switches": door.ask(list_switches), "off_means": _OFF})
