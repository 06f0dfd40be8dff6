"""A browser whose person has shown who they are, just now or some time ago."""

from __future__ import annotations

import time

from django.conf import settings
from django.test import Client

from opsystem.control.accounts.models import Person
from opsystem.control.accounts.sessions import SessionStore
from tests.lifecycle.office import browser_of


def fresh_browser(person: Person, *, seconds_ago: float = 0) -> Client:
    """Return a browser in which somebody signed in with a password so long ago."""
    browser = browser_of(person)
    session = SessionStore.of_token(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - seconds_ago}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return browser
