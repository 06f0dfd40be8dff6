"""The server's root: `granian --interface asgi opsystem.config.asgi:application`.

Event streams are answered by Starlette, without a thread for each; every other address by Django
through WSGI, which measured cheaper than Django's own ASGI handler with views that are not async.
"""

from __future__ import annotations

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from opsystem.config.headers import HeadersAtTheRoot

_PAGE_THREADS = 16

# Typed loosely: a2wsgi and Django each name the parts of WSGI in their own way.
pages: Any = get_wsgi_application()

STREAMS: list[BaseRoute] = []

application = Starlette(
    routes=[*STREAMS, Mount("/", cast("ASGIApp", WSGIMiddleware(pages, workers=_PAGE_THREADS)))],
    middleware=[Middleware(HeadersAtTheRoot)],
)
