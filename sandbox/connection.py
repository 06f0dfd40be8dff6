"""Answers that go wrong on purpose: a closed connection, a late answer, an error after the deed.

No ASGI message can close a connection without an answer. So the socket is found among the open files of this
process by the client's address, and shut down. The client sees what it sees when a network breaks.
"""

from __future__ import annotations

import asyncio
import os
import pathlib
import socket
import stat
from collections.abc import Awaitable, Callable

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.faults import Fault, Kind


def drop_connection(scope: Scope) -> None:
    """Shut down the connection of this ASGI scope; a stream that was begun stays unfinished."""
    client = scope.get("client")
    if client is None:
        raise RuntimeError("The server did not say who the client is, so its connection cannot be dropped.")
    peer = (str(client[0]), int(client[1]))  # granian gives the port as text
    for entry in list(pathlib.Path("/dev/fd").iterdir()):
        if _shut_if_peer(int(entry.name), peer):
            return


def _shut_if_peer(descriptor: int, peer: tuple[str, int]) -> bool:
    try:
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return False
        connection = socket.socket(fileno=os.dup(descriptor))
    except OSError:  # closed since the list was read
        return False
    with connection:
        try:
            if connection.getpeername()[:2] != peer:
                return False
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:  # a listening socket, or one that the client closed first
            return False
    return True


class NoAnswer(Response):
    """A response that is none: the connection is closed instead."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Drop the connection."""
        drop_connection(scope)


async def answer_with(
    fault: Fault | None, perform: Callable[[], Awaitable[Response]], error: Callable[[Fault], Response]
) -> Response:
    """Perform a request under a fault, or as always without one.

    `perform` does the deed and gives the vendor's usual answer; `error` words the fault's status as the
    vendor would. CUT_STREAM is the business of whoever streams: here it changes nothing.
    """
    if fault is None:
        return await perform()
    await asyncio.sleep(fault.seconds)
    match fault.kind:
        case Kind.REFUSE:
            return NoAnswer()
        case Kind.LOST_ANSWER:
            await perform()
            return NoAnswer()
        case Kind.STATUS:
            if fault.accepted:
                await perform()
            return error(fault)
        case _:
            return await perform()
