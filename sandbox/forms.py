"""Reading of form bodies: application/x-www-form-urlencoded and multipart/form-data (RFC 7578).

Uploads of a sandbox are small, so a body is read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Upload:
    """A file of a multipart form."""

    field: str
    filename: str
    content_type: str
    content: bytes


class Fields:
    """Named texts in their order; a name may come more than once."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self.pairs = list(pairs)

    def get(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return next((value for key, value in self.pairs if key == name), default)

    def every(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for key, value in self.pairs if key == name]

    def starting(self, prefix: str) -> dict[str, str]:
        """The fields with a prefix, without it."""
        return {key.removeprefix(prefix): value for key, value in self.pairs if key.startswith(prefix)}

    def flat(self) -> dict[str, str]:
        """One text a name, for matching."""
        flat: dict[str, str] = {}
        for key, value in self.pairs:
            flat[key] = f"{flat[key]}, {value}" if key in flat else value
        return flat

    def __contains__(self, name: object) -> bool:
        return any(key == name for key, _ in self.pairs)


class FormError(Exception):
    """The body is not the form its content type announces."""


def read_form(content_type: str, body: bytes) -> tuple[Fields, list[Upload]]:
    """Fields and files of a body; empty ones for a body that is no form."""
    header = Message()
    header["content-type"] = content_type
    if header.get_content_type() == "application/x-www-form-urlencoded":
        return Fields(_pairs(body)), []
    if header.get_content_type() == "multipart/form-data":
        boundary = header.get_param("boundary")
        if not isinstance(boundary, str) or not boundary:
            raise FormError("no boundary")
        return _multipart(body, boundary.encode())
    return Fields(), []


def _pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise FormError("not UTF-8") from error


def _multipart(body: bytes, boundary: bytes) -> tuple[Fields, list[Upload]]:
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise FormError("the last boundary is missing")
    pairs: list[tuple[str, str]] = []
    uploads: list[Upload] = []
    for piece in pieces[1:-1]:
        head, blank, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        part = BytesParser().parsebytes(head + b"\r\n\r\n", headersonly=True)
        name = part.get_param("name", header="content-disposition")
        if not blank or not isinstance(name, str):
            raise FormError("a part without a name")
        filename = part.get_filename()
        if filename is not None:
            uploads.append(Upload(name, filename, part.get_content_type(), content))
        else:
            try:
                pairs.append((name, content.decode()))
            except UnicodeDecodeError as error:
                raise FormError("not UTF-8") from error
    return Fields(pairs), uploads
