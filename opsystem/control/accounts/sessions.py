"""Sessions of which the server keeps only a hash.

The cookie carries a random token of 256 bits. The session's row, and everything else on the server that names
a session, carries the first 160 bits of the token's SHA-256: who reads the database cannot sign in with it
(security.md, row 24).
"""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


def key_of(token: str) -> str:
    """Return the key under which the session of this token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()[:40]


class SessionStore(DatabaseSessionStore):
    """A session in the database. `token` is what its cookie must carry; it is known only while answering."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.token: str | None = None

    @classmethod
    def of_token(cls, token: str | None) -> SessionStore:
        """Return the session that a cookie's value stands for."""
        store = cls(key_of(token) if token else None)
        store.token = token or None
        return store

    def _get_new_session_key(self) -> str:
        while True:
            token = secrets.token_urlsafe(32)
            key = key_of(token)
            if not self.exists(key):
                self.token = token
                return key


class HashedSessionMiddleware(SessionMiddleware):
    """Reads the token from the cookie and writes it back; the rest is Django's."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the request the session of its cookie."""
        request.session = SessionStore.of_token(request.COOKIES.get(settings.SESSION_COOKIE_NAME))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Let Django decide about the cookie, then put the token where it put the key."""
        answer = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        session = request.session
        if cookie is not None and cookie.value and isinstance(session, SessionStore) and session.token:
            cookie.set(settings.SESSION_COOKIE_NAME, session.token, session.token)
        return answer
