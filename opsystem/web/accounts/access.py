"""Who may use an address that belongs to no business, declared on its view like a permission on a page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]

EVERYONE: Final = "everyone"
OWN_ACCOUNT: Final = "own account"


def access(who: str) -> Callable[[View], View]:
    """Declare who may use a view: `EVERYONE`, or `OWN_ACCOUNT` for a signed-in person's own account.

    For the own account it also makes sure that somebody is signed in, whatever the view does itself.
    """

    def declare(view: View) -> View:
        guarded = login_required(view) if who == OWN_ACCOUNT else view

        @functools.wraps(view)
        def declared(*args: object, **kwargs: object) -> HttpResponseBase:
            return guarded(*args, **kwargs)

        declared.access = who  # type: ignore[attr-defined]
        return declared

    return declare
