"""The board's own stream: one event each time something on the days shown has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

from django.conf import settings
from django.db import close_old_connections
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from opsystem.business.dispatch.board import board_mark
from opsystem.kit.errors import Problem
from opsystem.lifecycle.opening import vault_in_use
from opsystem.web.streams import Reader, reader_of

_LOOK_EVERY = 1.5
_BEAT_EVERY = 10
# Then the browser comes again by itself, and who may read is asked anew.
_LOOKS = 200


def _mark(reader: Reader, since: date, until: date) -> str:
    close_old_connections()
    with vault_in_use(reader.vault_id) as vault:
        return board_mark.ask(vault, reader.actor, {"since": since, "until": until})


async def follow_board(request: Request) -> Response:
    """Stream an event whenever something on the days from `since` to `until` changed."""
    asked = request.query_params
    try:
        since, until = date.fromisoformat(asked.get("since", "")), date.fromisoformat(asked.get("until", ""))
        token = request.cookies.get(settings.SESSION_COOKIE_NAME)
        reader = await asyncio.to_thread(reader_of, token, request.path_params["number"])
        await asyncio.to_thread(_mark, reader, since, until)
    except (Problem, ValueError):
        return Response(status_code=404)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    mark = request.headers.get("last-event-id") or asked.get("mark", "")
    stream = _stream(reader, since, until, mark)
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _stream(reader: Reader, since: date, until: date, mark: str) -> AsyncIterator[str]:
    yield ": here\n\n"
    for look in range(_LOOKS):
        await asyncio.sleep(_LOOK_EVERY if look else 0)
        seen = await asyncio.to_thread(_mark, reader, since, until)
        if seen != mark:
            mark = seen
            yield f"id: {mark}\nevent: changed\ndata: {mark}\n\n"
        elif look % _BEAT_EVERY == _BEAT_EVERY - 1:
            yield ": still here\n\n"


routes = [Route("/b/{number:int}/schedule/day/changes", follow_board)]
