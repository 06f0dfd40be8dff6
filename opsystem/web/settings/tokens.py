"""Views of API tokens: a program's own key to this business, with the rights of who made it."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from django.http import HttpResponse
from pydantic import BaseModel, ConfigDict, Field

from opsystem.control.audit.events import origin_of, record
from opsystem.control.tokens.keyring import make_token, revoke_token, tokens_of
from opsystem.kit import clock
from opsystem.kit.errors import Invalid
from opsystem.operations import Permission
from opsystem.operations.inputs import validate
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

DAYS = (("30", "30 days"), ("90", "90 days"), ("365", "A year"))
_MADE = "tokens_made"


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    label: Annotated[str, Field(min_length=1, max_length=80)]
    days: Annotated[int, Field(ge=1, le=365)] = 90


@business_page(Permission.SETTINGS_MANAGE, "GET", "POST")
def show_list(door: Door) -> HttpResponse:
    """Show the own tokens; make one and show its secret this once."""
    form, secret = FormState({"days": "90"}), ""
    if door.is_post and door.request.session.get(_MADE) != door.request.POST.get("request_id", ""):
        try:
            secret = _make(door)
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
    person, now = person_of(door.request), clock.now()
    tokens = tokens_of(person, door.business)
    context = {"form": form, "secret": secret, "tokens": tokens, "days": DAYS, "now": now}
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
    asked = validate(_Asked, {name: sent[name] for name in ("label", "days") if sent.get(name, "").strip()})
    token, secret = make_token(
        person_of(door.request), door.business, label=asked["label"], lives=timedelta(days=asked["days"])
    )
    _note(door, "token.made", token.pk)
    # Loading the answer again shows no second secret.
    door.request.session[_MADE] = sent.get("request_id", "")
    return secret


def _note(door: Door, action: str, token: int) -> None:
    record(
        action,
        actor_id=person_of(door.request).pk,
        business_id=door.business.pk,
        object_id=f"token {token}",
        origin=origin_of(door.request),
    )
