"""Views of API tokens: a program's own key to this business, with the rights of who made it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from django.http import HttpResponse
from pydantic import BaseModel, ConfigDict, Field

from opsystem.control.audit.events import origin_of, record
from opsystem.control.tokens.keyring import make_token, revoke_token, tokens_of
from opsystem.control.tokens.models import Token
from opsystem.kit import clock
from opsystem.kit.errors import Invalid
from opsystem.operations import Actor, Effect, Permission
from opsystem.operations.inputs import validate
from opsystem.operations.permissions import area_of
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

REACHES = (
    (str(int(Effect.READ)), "Only read", "Lists and records; nothing changes."),
    (str(int(Effect.COMMIT)), "Read and change", "Everything that stays in the business."),
    (str(int(Effect.SEND)), "Send too", "Texts and emails to clients as well."),
    (str(int(Effect.FINAL)), "Everything you may do", "Also what cannot be taken back."),
)
DAYS = (("30", "30 days"), ("90", "90 days"), ("365", "A year"))
_MADE = "tokens_made"


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    label: Annotated[str, Field(min_length=1, max_length=80)]
    days: Annotated[int, Field(ge=1, le=365)] = 90
    reach: Annotated[int, Field(ge=Effect.READ, le=Effect.FINAL)] = Effect.READ
    areas: list[str] = []


@business_page(Permission.SETTINGS_MANAGE, "GET", "POST")
def show_list(door: Door) -> HttpResponse:
    """Show the own tokens; make one and show its secret this once."""
    form, secret = FormState({"days": "90", "reach": "0"}), ""
    if door.is_post and door.request.session.get(_MADE) != door.request.POST.get("request_id", ""):
        try:
            secret = _make(door)
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
    person, now = person_of(door.request), clock.now()
    tokens = tokens_of(person, door.business)
    context = {
        "form": form,
        "secret": secret,
        "tokens": [(one, _says(one)) for one in tokens],
        "days": DAYS,
        "now": now,
        "reaches": REACHES,
        "areas": [(area, area.capitalize()) for area in areas_of(door.actor)],
    }
    return door.page("settings/tokens.html", context)


@business_page(Permission.SETTINGS_MANAGE, "POST")
def revoke(door: Door, token: int) -> HttpResponse:
    """End a token at once."""
    revoke_token(person_of(door.request), door.business, token)
    _note(door, "token.revoked", token)
    door.tell("This token opens nothing any more")
    return door.go("settings:tokens")


def _make(door: Door) -> str:
    sent = door.request.POST
    given = {name: sent[name] for name in ("label", "days", "reach") if sent.get(name, "").strip()}
    asked = validate(_Asked, {**given, "areas": sent.getlist("areas")})
    if not set(asked["areas"]) <= set(areas_of(door.actor)):
        raise Invalid("Please check what is marked.", fields={"areas": "Choose from these."})
    token, secret = make_token(
        person_of(door.request),
        door.business,
        label=asked["label"],
        lives=timedelta(days=asked["days"]),
        areas=asked["areas"],
        reach=asked["reach"],
    )
    _note(door, "token.made", token.pk)
    # Loading the answer again shows no second secret.
    door.request.session[_MADE] = sent.get("request_id", "")
    return secret


def areas_of(actor: Actor) -> list[str]:
    """Return what a person's permissions are about, by name."""
    return sorted({area_of(one) for one in actor.permissions})


def _says(token: Token) -> str:
    """Return what a token may do, in words."""
    reach = next((words for value, words, _ in reversed(REACHES) if int(value) <= token.reach), "")
    return f"{reach}: {', '.join(token.areas)}" if token.areas else reach


def _note(door: Door, action: str, token: int) -> None:
    record(
        action,
        actor_id=person_of(door.request).pk,
        business_id=door.business.pk,
        object_id=f"token {token}",
        origin=origin_of(door.request),
    )
