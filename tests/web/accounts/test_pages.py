"""Every address of the accounts says who may use it, and every page of it is ours."""

from __future__ import annotations

import pytest
from django.template.backends.jinja2 import Template
from django.template.loader import get_template
from django.urls import URLPattern

from opsystem.web.accounts.access import EVERYONE, OWN_ACCOUNT
from opsystem.web.accounts.urls import urlpatterns


@pytest.mark.parametrize("pattern", urlpatterns, ids=str)
def test_an_address_says_who_may_use_it(pattern: URLPattern) -> None:
    assert getattr(pattern.callback, "access", None) in {EVERYONE, OWN_ACCOUNT}


def templates_of(pattern: URLPattern) -> list[str]:
    view = pattern.callback
    while not hasattr(view, "view_class") and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    name = getattr(getattr(view, "view_class", None), "template_name", None)
    return [name] if name else []


# The page of links by mail; ours come by code, and the view of `up/code` shows that page instead.
NEVER_SHOWN = {"account/verification_sent.html"}
NAMES = sorted({name for one in urlpatterns for name in templates_of(one)} - NEVER_SHOWN)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_of_a_package_is_shown_as_it_came(name: str) -> None:
    assert isinstance(get_template(name), Template)
