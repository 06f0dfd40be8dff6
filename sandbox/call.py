"""One call to a vendor's API: read, put under the script of faults, performed, answered."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from sandbox.connection import answer_with
from sandbox.faults import REQUEST_KINDS, Fault, Kind
from sandbox.forms import Fields, FormError, Upload, read_form
from sandbox.world import World


class RefusalError(Exception):
    """The vendor's No: a status, a message and, where the vendor has them, a code."""

    def __init__(
        self, status: int, message: str, code: int = 0, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.headers = headers or {}


@dataclass(frozen=True)
class Call:
    """What a caller said."""

    world: World
    path: dict[str, str]
    query: Fields
    form: Fields
    uploads: list[Upload]
    content_type: str
    body: bytes
    credentials: tuple[str, str] | None
    route: str  # the path that was asked for
    headers: Mapping[str, str]  # names in lower case
    base_url: str  # where the vendor's root is for this caller


class Manners(Protocol):
    """What is particular to one vendor's answers."""

    @property
    def name(self) -> str:
        """The vendor's name."""

    def admit(self, call: Call) -> None:
        """Raise a RefusalError for a caller with wrong credentials."""

    def refuse(self, refusal: RefusalError) -> Response:
        """The error answer."""

    def fault(self, fault: Fault) -> RefusalError:
        """The refusal that stands for a fault of kind STATUS."""


def operation(
    manners: Manners, name: str, act: Callable[[Call], Response]
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for one operation of a vendor. `name` is its name in the log and in scripts of faults."""

    async def endpoint(request: Request) -> Response:
        request.scope.setdefault("sandbox", {})["operation"] = name
        world: World = request.app.state.world
        body = await request.body()
        query = Fields(request.query_params.multi_items())
        content_type = request.headers.get("content-type", "")
        try:
            form, uploads = read_form(content_type, body)
        except FormError:
            return manners.refuse(RefusalError(400, "The form in the request's body cannot be read.", 20001))
        path = {key: str(value) for key, value in request.path_params.items()}
        credentials = _basic(request.headers.get("authorization", ""))
        call = Call(
            world, path, query, form, uploads, content_type, body, credentials,
            request.url.path, request.headers, _root(request),
        )  # fmt: skip

        async def perform() -> Response:
            try:
                manners.admit(call)
                with world.store.writing():
                    return act(call)
            except RefusalError as refusal:
                return manners.refuse(refusal)

        said = {**query.flat(), **form.flat()}
        fault = world.faults.next_for(manners.name, name, said, REQUEST_KINDS - {Kind.CUT_STREAM})
        return await answer_with(fault, perform, lambda fault: manners.refuse(manners.fault(fault)))

    return endpoint


def _root(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


def _basic(header: str) -> tuple[str, str] | None:
    """User and password of HTTP Basic (RFC 7617)."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(token, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if colon else None
