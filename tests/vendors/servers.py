"""Small real servers on loopback that answer by script and keep what arrived.

They stand for a vendor where a test needs a behaviour on the wire: a redirect, silence, a cut, an old TLS.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

LONGEST_SILENCE = 30.0


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: dict[str, str]  # names in lower case
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What to do with one request.

    `pieces` are written one after the other; with status 0 nothing is. `behaviour` is "whole", "cut" (the
    connection is reset after the pieces, in the middle of the body), "silent" (nothing more comes after the
    pieces) or "close" (an orderly end, without the rest).
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: tuple[bytes, ...] = (b"{}",)
    behaviour: str = "whole"


class ScriptedServer(ThreadingHTTPServer):
    """Answers its requests with the answers given, the last one again and again."""

    daemon_threads = True

    def __init__(self, answers: list[Answer], context: ssl.SSLContext | None = None) -> None:
        self.answers = answers
        self.received: list[Received] = []
        self.over = threading.Event()
        self.context = context
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        """The base address that a config is given."""
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.server_address[1]}"

    def get_request(self) -> tuple[Any, Any]:
        plain, address = super().get_request()
        plain.settimeout(LONGEST_SILENCE)
        if self.context:
            return self.context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address
        return plain, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that turns away is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedServer
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        number = len(self.server.received)
        self.server.received.append(Received(self.command, parts.path, parts.query, headers, body))
        answer = self.server.answers[min(number, len(self.server.answers) - 1)]
        self._answer(answer)

    do_GET = do_POST = _serve  # noqa: N815 - the base class's names

    def _answer(self, answer: Answer) -> None:
        self.close_connection = True
        if answer.status:
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            if answer.behaviour == "whole":
                self.send_header("Content-Length", str(sum(map(len, answer.pieces))))
            elif answer.behaviour == "cut":
                self.send_header("Content-Length", "100000")
            self.send_header("Connection", "close")
            self.end_headers()
        for piece in answer.pieces if answer.status else ():
            self.wfile.write(piece)
        if answer.behaviour == "silent":
            self.server.over.wait(LONGEST_SILENCE)
        if answer.behaviour == "cut":
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep the test's output quiet."""


@contextmanager
def running(*answers: Answer, context: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    """A server for the length of a test."""
    server = ScriptedServer(list(answers) or [Answer()], context)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def deaf_listener() -> Iterator[str]:
    """An https address where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"


def closed_port() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
