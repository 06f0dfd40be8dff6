"""Whether somebody signed in only just now, for what must not be done from a browser left open."""

from __future__ import annotations

import time
from typing import Final
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opsystem.control.accounts.models import Person

_FRESH: Final = 10 * 60  # seconds


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person has proved within ten minutes who they are."""
    person = request.user
    records = get_authentication_records(request, person) if isinstance(person, Person) else []
    return any(time.time() - float(one.get("at", 0)) < _FRESH for one in records)


def ask_again(request: HttpRequest, back: str) -> HttpResponse:
    """Send the browser to where people prove who they are, and from there `back` to a path of ours.

    Whoever has neither password nor second factor signs in again with a code.
    """
    person = request.user
    if isinstance(person, Person) and not person.has_usable_password() and not _has_factor(person):
        logout(request)
        way = "account_login"
    else:
        way = "account_reauthenticate"
    response = HttpResponseRedirect(f"{reverse(way)}?{urlencode({'next': back})}")
    response.status_code = 303
    return response


def _has_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user_id=person.pk).exists()
