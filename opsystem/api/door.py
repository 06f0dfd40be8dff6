"""Who calls: a bearer token, the business it is for, and the open vault."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from opsystem.api.problems import problem_details
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import place_of
from opsystem.control.installation import installation
from opsystem.control.tokens.counting import Allowance, count_call
from opsystem.control.tokens.keyring import token_behind
from opsystem.control.tokens.models import Token
from opsystem.kit.errors import Forbidden, Invalid, LimitReached, Problem
from opsystem.lifecycle.opening import vault_in_use
from opsystem.lifecycle.seats import take_seat
from opsystem.operations import Actor, ActorKind, Permission
from opsystem.operations.permissions import area_of
from opsystem.vault import Vault

_KEY = re.compile(r"[!-~]{1,200}")
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Caller:
    """An API client in one business."""

    request: HttpRequest
    business: Business
    vault: Vault
    actor: Actor

    def body(self) -> dict[str, Any]:
        """Return the JSON object that was sent; an empty body is an empty object. Raises Invalid."""
        if not self.request.body:
            return {}
        try:
            given = json.loads(self.request.body)
        except (ValueError, RecursionError) as error:
            raise Invalid("The body must be JSON.", code="bad_json") from error
        if not isinstance(given, dict):
            raise Invalid("The body must be a JSON object.", code="bad_json")
        return given

    def key(self) -> str | None:
        """Return the caller's own key for this call, None for none. Raises Invalid."""
        key = self.request.headers.get("Idempotency-Key")
        if key is not None and not _KEY.fullmatch(key):
            raise Invalid("An Idempotency-Key is 1 to 200 visible ASCII characters.", code="bad_key")
        return key


def api(*methods: str) -> Callable[[View], View]:
    """Declare an address of the API; the operation called decides the permission."""

    def declare(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                wrong = Invalid(f"Use {' or '.join(methods)} here.", code="method")
                return problem_details(wrong, {"Allow": ", ".join(methods)})
            allowance: list[Allowance] = []
            try:
                response = _inside(request, number, view, allowance, **kwargs)
            except Problem as problem:
                response = problem_details(problem)
            for one in allowance:
                _tell_allowance(response, one)
            return response

        guarded.access = "operation"  # type: ignore[attr-defined]
        return guarded

    return declare


def _inside(
    request: HttpRequest, number: int, view: View, allowance: list[Allowance], **kwargs: Any
) -> HttpResponseBase:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Forbidden("Send your token as “Authorization: Bearer …”.", code="no_token_given")
    token, membership = token_behind(secret.strip(), number)
    left = count_call(token, installation().limits.api_calls)
    allowance.append(left)
    if left.is_spent:
        raise LimitReached(
            f"This token may make {left.limit} calls a minute. Go on in {left.seconds} seconds.",
            code="too_often",
        )
    with vault_in_use(place_of(membership.business_id).vault_id) as vault:
        actor = narrowed(take_seat(vault, membership).actor, token)
        return view(Caller(request, membership.business, vault, actor), **kwargs)


def narrowed(actor: Actor, token: Token) -> Actor:
    """Return the actor of a token: its person, with no more than the token was given."""
    areas = frozenset(token.areas)
    only = frozenset(one for one in Permission if area_of(one) in areas) if areas else None
    return replace(actor, kind=ActorKind.API, only=only, reach=token.reach)


def _tell_allowance(response: HttpResponseBase, left: Allowance) -> None:
    response["RateLimit-Limit"] = str(left.limit)
    response["RateLimit-Remaining"] = str(max(0, left.left))
    response["RateLimit-Reset"] = str(left.seconds)
    if left.is_spent:
        response["Retry-After"] = str(left.seconds)
