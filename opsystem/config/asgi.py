"""The server's root: `granian --interface asgi opsystem.config.asgi:application`.

Event streams are answered by Starlette, without a thread for each; every other address by Django
through WSGI, which measured cheaper than Django's own ASGI handler with views that are not async.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import Message, Receive, Scope, Send

from opsystem.config.headers import HeadersAtTheRoot

_PAGE_THREADS = 16

# Typed loosely: a2wsgi and Django each name the parts of WSGI in their own way.
_django: Any = get_wsgi_application()
_through_wsgi: Any = WSGIMiddleware(_django, workers=_PAGE_THREADS)


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer by Django. a2wsgi reads the body through a coroutine, which granian's `receive` is not."""

    async def read() -> Message:
        return await receive()

    await _through_wsgi(scope, read, send)


# Tables may be imported only now that Django knows its apps.
_streams = [
    *import_module("opsystem.web.streams").routes,
    *import_module("opsystem.web.schedule.live").routes,
]

application = Starlette(routes=[*_streams, Mount("/", pages)], middleware=[Middleware(HeadersAtTheRoot)])
