"""People and businesses for tests: Alice owns a business, Bob works for her, Carl owns another."""

from __future__ import annotations

import itertools

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.test import Client

from opsystem.control.accounts.models import Person
from opsystem.control.accounts.sessions import SessionStore
from opsystem.control.businesses.directory import found_business, join_business
from opsystem.control.businesses.models import Business
from opsystem.kit import clock

PASSWORD = "four words make one"
_numbers = itertools.count(1)


def new_person(name: str = "Alice", *, password: str | None = None) -> Person:
    """Make a person with a confirmed address that nobody else has; without a password unless one is given."""
    email = f"{name.lower()}-{next(_numbers)}@mail.example"
    person = Person(email=email, name=name, confirmed_16_at=clock.now())
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def browser_of(person: Person) -> Client:
    """Return a client in which this person is signed in, without the way through the sign-in page."""
    request = HttpRequest()
    request.session = session = SessionStore()
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session.save()
    client = Client(HTTP_HOST="localhost")
    # The cookie carries the token; the server knows only its hash, so `force_login` cannot do this.
    client.cookies[settings.SESSION_COOKIE_NAME] = session.token or ""
    return client


def new_business(owner: Person, name: str = "Hurley Plumbing") -> Business:
    """Make a business of which this person is the owner. It has no vault."""
    business = found_business(name=name, phone="", website="", industry="plumbing", founder=owner)
    join_business(business, owner, role="owner", member_id=1)
    return business
