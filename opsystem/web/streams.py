"""Event streams: what happens in a running turn, as it happens.

They are answered beside Django, without a thread for each; a reader who comes back says which
event it saw last and misses nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest
from django.urls import reverse
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from opsystem.business.asking.queries import events_after
from opsystem.business.asking.records import EventRow, EventsAfter
from opsystem.control.accounts.sessions import SessionStore
from opsystem.control.hosting.places import place_of
from opsystem.kit.errors import Problem
from opsystem.kit.refs import make_ref, parse_ref
from opsystem.lifecycle.opening import vault_in_use
from opsystem.lifecycle.seats import take_seat
from opsystem.operations import Actor
from opsystem.web.door import enter

_LOOK_EVERY = 0.15
_LONGEST = 300.0
# A comment line now and then keeps proxies from closing the line.
_BEAT_EVERY = 15.0
_SHOWN = {"turn.start", "text.delta", "tool.start", "tool.done", "approval", "turn.end"}


@dataclass(frozen=True)
class Reader:
    """Who reads, and in which vault."""

    actor: Actor
    vault_id: str
    number: int

    def look(self, conversation: str, after: int) -> EventsAfter:
        """Return what is new."""
        close_old_connections()
        with vault_in_use(self.vault_id) as vault:
            return events_after.ask(vault, self.actor, {"conversation": conversation, "after": after})


def reader_of(token: str | None, number: int) -> Reader:
    """Return who holds this session, in this business. Raises NotFound for everybody else."""
    close_old_connections()
    request = HttpRequest()
    request.session = SessionStore.of_token(token)
    request.user = get_user(request)
    membership, _ = enter(request, number)
    vault_id = place_of(membership.business_id).vault_id
    with vault_in_use(vault_id) as vault:
        return Reader(take_seat(vault, membership).actor, vault_id, number)


async def follow(request: Request) -> Response:
    """Stream the events of one's own conversation after the given one."""
    number, conversation = request.path_params["number"], request.path_params["conversation"]
    ref = make_ref("conversation", conversation)
    after = request.headers.get("last-event-id") or request.query_params.get("after") or "0"
    seen = int(after) if after.isdecimal() else 0
    try:
        token = request.cookies.get(settings.SESSION_COOKIE_NAME)
        reader = await asyncio.to_thread(reader_of, token, number)
        first = await asyncio.to_thread(reader.look, ref, seen)
    except Problem:
        return Response(status_code=404)
    if not first.events and not first.busy:
        return Response(status_code=204)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        _stream(reader, ref, seen, first), media_type="text/event-stream", headers=headers
    )


async def _stream(reader: Reader, ref: str, seen: int, news: EventsAfter) -> AsyncIterator[str]:
    quiet = passed = 0.0
    while True:
        for event in news.events:
            seen = event.id
            if event.name in _SHOWN:
                quiet = 0.0
                yield _wire(reader, event)
        if not news.events and (not news.busy or passed > _LONGEST):
            return
        if quiet >= _BEAT_EVERY:
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK_EVERY)
        quiet, passed = quiet + _LOOK_EVERY, passed + _LOOK_EVERY
        news = await asyncio.to_thread(reader.look, ref, seen)


def _wire(reader: Reader, event: EventRow) -> str:
    told = event.payload
    if event.name == "approval":
        told = {"url": reverse("ask:card", args=[reader.number, parse_ref(told["proposal"])[1]])}
    return f"id: {event.id}\nevent: {event.name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"


routes = [Route("/b/{number:int}/ask/{conversation:int}/events", follow)]
