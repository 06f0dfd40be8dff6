"""Where a payer came from, so that Stripe's page can lead back without being told the client's link.

Stripe knows one address for everybody. The link waits in the payer's own session, sealed under the token that
only his browser has: who reads the sessions cannot open it.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.http import HttpRequest

_SLOT = "paying"


def remember(request: HttpRequest, word: str, checkout: int) -> None:
    """Keep from which link somebody went to pay, and on which payment page."""
    box = _box(request)
    if box is not None:
        request.session[_SLOT] = box.encrypt(f"{word} {checkout}".encode()).decode()


def recall(request: HttpRequest) -> tuple[str, int] | None:
    """Return the word of the link and the number of the payment page; None where nothing is known."""
    box, sealed = _box(request), request.session.get(_SLOT)
    if box is None or not isinstance(sealed, str):
        return None
    try:
        word, _, number = box.decrypt(sealed.encode()).decode().partition(" ")
    except InvalidToken:
        # The browser has another token since, as after signing in.
        return None
    return word, int(number)


def _box(request: HttpRequest) -> Fernet | None:
    token = getattr(request.session, "token", None)
    if not token:
        return None
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"paying {token}".encode()).digest()))
