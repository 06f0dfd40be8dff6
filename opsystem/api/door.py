"""Who calls: a bearer token, the business it is for, and the open vault."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import place_of
from opsystem.control.tokens.keyring import membership_behind
from opsystem.kit.errors import Forbidden, Invalid, Problem
from opsystem.lifecycle.opening import vault_in_use
from opsystem.lifecycle.seats import take_seat
from opsystem.operations import Actor, ActorKind
from opsystem.vault import Vault

View = Callable[..., HttpResponseBase]
_STATUS = {
    "invalid": 422,
    "not_found": 404,
    "forbidden": 403,
    "conflict": 409,
    "limit": 413,
    "unavailable": 503,
}


_BY_CODE = {"bad_token": 401, "no_token_given": 401, "storage_full": 507}


def _status(problem: Problem) -> int:
    return _BY_CODE.get(problem.code) or _STATUS.get(problem.kind, 400)


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


def api(*methods: str) -> Callable[[View], View]:
    """Declare an address of the API; the operation called decides the permission."""

    def declare(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return JsonResponse(
                    {"kind": "invalid", "code": "method", "message": "Use another method."},
                    status=405,
                    headers={"Allow": ", ".join(methods)},
                )
            try:
                return _inside(request, number, view, **kwargs)
            except Problem as problem:
                return JsonResponse(
                    problem.as_dict(), status=_status(problem), content_type="application/problem+json"
                )

        guarded.access = "operation"  # type: ignore[attr-defined]
        return guarded

    return declare


def _inside(request: HttpRequest, number: int, view: View, **kwargs: Any) -> HttpResponseBase:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Forbidden("Send your token as “Authorization: Bearer …”.", code="no_token_given")
    membership = membership_behind(secret.strip(), number)
    with vault_in_use(place_of(membership.business_id).vault_id) as vault:
        actor = replace(take_seat(vault, membership).actor, kind=ActorKind.API)
        return view(Caller(request, membership.business, vault, actor), **kwargs)
