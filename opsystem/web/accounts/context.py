"""What allauth's views cannot give our templates: the state of forms as our fields take it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.forms import BaseForm, PasswordInput
from django.http import HttpRequest

from opsystem.web.forms import FormState

# Said at a field that was left empty.
_MISSING = {
    "login": "Give your email address.",
    "email": "Give your email address.",
    "password": "Type your password.",
    "oldpassword": "Type your present password.",
    "password1": "Choose a password.",
    "password2": "Type the new password once more.",
    "code": "Type the code.",
}


def state_of(form: BaseForm) -> FormState:
    """Return the state of a Django form. A password is never written back into a page."""
    state = FormState.of_django(form)
    missing = {
        name: words
        for name, words in _MISSING.items()
        if name in form.fields and form.has_error(name, "required")
    }
    secret = {bound.html_name for bound in form if isinstance(bound.field.widget, PasswordInput)}
    values = {name: value for name, value in state.values.items() if name not in secret}
    return replace(state, values=values, errors={**state.errors, **missing})


def account_forms(_request: HttpRequest) -> dict[str, Callable[..., object]]:
    """Give pages `state_of` and `device_name`; a context processor of the Jinja2 backend."""
    return {"state_of": state_of, "device_name": device_name}


_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
# Most name several browsers; the first of these that is named is the one that runs.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)


def device_name(user_agent: str) -> str:
    """Return what a browser calls itself, as people say it: `Firefox on Windows`."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
