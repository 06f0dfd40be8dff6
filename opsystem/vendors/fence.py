"""The fence around the `requests` library, on which the Twilio and Mailgun SDKs stand.

One session serves one declared call. It knows one address and no other, follows no redirect,
reads no proxy, certificate or password from the environment, never retries, and shows every
finished request to its passage before a connection is looked for. A fresh connection for each
call costs a handshake, and saves the doubt of a kept one that the vendor closes as we write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError

from opsystem.vendors.disclosures import Passage
from opsystem.vendors.quiet import silence
from opsystem.vendors.tls import client_context

silence("urllib3")


def fenced_session(base_url: str, passage: Passage, authority: Path | None = None) -> requests.Session:
    """Return a session for one call to one address. Close it after use."""
    session = requests.Session()
    session.trust_env = False
    session.adapters.clear()
    session.mount(f"{base_url}/", _FencedAdapter(passage, authority))
    return session


class _NeverConnectedError(NewConnectionError):
    """The TLS handshake failed: not a byte of the request was written."""


class _FencedConnection(HTTPSConnection):
    """Tells a failed handshake from a connection lost later; urllib3 gives both the same error."""

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError) as error:
            raise _NeverConnectedError(self, type(error).__name__) from error


class _FencedPool(HTTPSConnectionPool):
    ConnectionCls = _FencedConnection


class _FencedAdapter(HTTPAdapter):
    def __init__(self, passage: Passage, authority: Path | None) -> None:
        self._passage = passage
        self._authority = authority
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        options["ssl_context"] = client_context(self._authority)
        self.poolmanager = urllib3.PoolManager(connections, maxsize=maxsize, block=block, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": _FencedPool}

    def cert_verify(self, conn: Any, url: str, verify: object, cert: object) -> None:  # noqa: ARG002
        """Leave the trusted authorities to the context; `requests` would add its own bundle to them."""
        conn.cert_reqs = "CERT_REQUIRED"

    def send(  # type: ignore[override]  # the options only pass through
        self, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        """Write the row, then send; with the fence's own certificates and without any proxy."""
        body = _body_of(request)
        query = urlsplit(request.url or "").query
        names = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
        names.update(_form_names(request, body))
        self._passage.admit(names, len(body) + len(query))
        options.update(verify=True, cert=None, proxies=None)
        return super().send(request, **options)


def _body_of(request: requests.PreparedRequest) -> bytes:
    body = request.body or b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes):
        return body
    raise TypeError("a streamed body cannot be checked against its declaration")


def _form_names(request: requests.PreparedRequest, body: bytes) -> Iterator[str]:
    if not body:
        return
    kind = str(request.headers.get("Content-Type", ""))
    if kind.startswith("application/x-www-form-urlencoded"):
        yield from (name for name, _ in parse_qsl(body.decode(), keep_blank_values=True))
    elif boundary := re.match(r"multipart/form-data; boundary=(\S+)$", kind):
        for part in body.split(b"--" + boundary.group(1).encode())[1:-1]:
            headers = BytesHeaderParser().parsebytes(part.lstrip(b"\r\n"))
            yield str(headers.get_param("name", "", header="content-disposition"))
    else:
        raise TypeError("a body of an unknown kind cannot be checked against its declaration")
