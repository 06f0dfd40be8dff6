"""Every way a name comes in. Routes and catalogue say which there are, so a new one is tried at once."""

from __future__ import annotations

import inspect
import json
import re
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import get_resolver

from opsystem.cli.inventory import routes
from opsystem.operations import CATALOGUE
from tests.faults.shim import ROOT
from tests.paths.site import Answer, Site
from tests.stories.arguments import arguments

_PARAMETER = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
_READS = re.compile(r"\b(?:GET|get|asked|query_params)(?:\.get(?:list)?\(|\[)\"([a-z_]+)\"")
_ONLY_POST = 405
_BOUNDARY = "----zq-boundary"


Send = Callable[[str], Answer]


@dataclass(frozen=True)
class Way:
    """One place a name can stand in; each of `sends` sends it there in another spelling."""

    carrier: str
    what: str
    sends: tuple[Send, ...]


@dataclass(frozen=True)
class Visitor:
    """Alice at the site: her session, her token, her business, and references of things in it."""

    site: Site
    number: int
    cookie: str
    csrf: str
    token: str
    refs: dict[str, str]

    def page(self, method: str, target: str, body: bytes = b"", **headers: str) -> Answer:
        """Ask as her browser does."""
        own = {"cookie": self.cookie, "x-csrftoken": self.csrf, "origin": "http://localhost"}
        return self.site.call(method, target, body=body, **own, **headers)

    def api(self, method: str, rest: str, body: bytes = b"", **headers: str) -> Answer:
        """Ask as her API client does."""
        return self.site.call(
            method,
            f"/api/v1/b/{self.number}{rest}",
            body=body,
            authorization=f"Bearer {self.token}",
            **headers,
        )

    def upload(self, target: str, name: str, content: bytes, **headers: str) -> Answer:
        """Send one file under a name."""
        quoted = name.encode(errors="surrogatepass").replace(b'"', b"%22")
        body = b"".join(
            (
                f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="'.encode(),
                quoted,
                b'"\r\nContent-Type: application/octet-stream\r\n\r\n',
                content,
                f"\r\n--{_BOUNDARY}--\r\n".encode(),
            )
        )
        own = {"authorization": f"Bearer {self.token}", "cookie": self.cookie, "x-csrftoken": self.csrf}
        if not target.startswith("/api/"):
            own.pop("authorization")
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return self.site.call("POST", target, body=body, content_type=kind, **own, **headers)


def ways(visitor: Visitor) -> Iterator[Way]:
    """Yield every way in."""
    listed = routes(Namespace())
    yield from _in_paths(visitor, listed)
    yield from _in_queries(visitor, listed)
    yield from _in_json(visitor)
    yield from _in_file_names(visitor, listed)


def _filled(visitor: Visitor, path: str, name: str = "", payload: str = "") -> str:
    def fill(match: re.Match[str]) -> str:
        if match[1] == name:
            return payload
        return str(visitor.number) if match[1] == "number" else "1"

    return _PARAMETER.sub(fill, path)


def _wholly_coded(payload: str) -> str:
    return quote(payload.encode(errors="surrogatepass"), safe="")


def _hardly_coded(payload: str) -> str:
    """Write a name for a path with everything left as it is that may be."""
    return quote(payload.encode(errors="surrogatepass"), safe="/.%;:@&=+$,~\\")


def _in_paths(visitor: Visitor, listed: list[dict[str, Any]]) -> Iterator[Way]:
    def ask(path: str, name: str, method: str) -> tuple[Send, ...]:
        def by(coded: Callable[[str], str]) -> Send:
            return lambda payload: visitor.page(method, _filled(visitor, path, name, coded(payload)))

        return by(_wholly_coded), by(_hardly_coded)

    for route in listed:
        path = route["path"]
        for name in _PARAMETER.findall(path):
            if name != "number":
                method = "POST" if path.startswith("/hooks/") else "GET"
                yield Way("path", f"{path} {name}", ask(path, name, method))
        yield Way("path", f"{path} and more", ask(f"{path.rstrip('/')}/<str:more>", "more", "GET"))
    for folder in ("/", "/static/", "/static/css/"):
        yield Way("path", folder, ask(f"{folder}<str:more>", "more", "GET"))


def _in_queries(visitor: Visitor, listed: list[dict[str, Any]]) -> Iterator[Way]:
    names = sorted(
        {name for file in (ROOT / "opsystem").rglob("*.py") for name in _READS.findall(file.read_text())}
        | {"next", "client", "job", "photos", "filter", "file", "name", "path"}
    )

    def ask(path: str) -> Send:
        def send(payload: str) -> Answer:
            raw = payload.encode(errors="surrogatepass")[:2000]
            return visitor.page("GET", f"{path}?{urlencode(dict.fromkeys(names, raw))}")

        return send

    for route in listed:
        if not route["path"].startswith(("/hooks/", "/csp-reports", "/out")):
            path = _filled(visitor, route["path"])
            if visitor.page("GET", path).status != _ONLY_POST:
                yield Way("query", route["path"], (ask(path),))


def _in_json(visitor: Visitor) -> Iterator[Way]:
    def ask(name: str, schema: dict[str, Any]) -> tuple[Send, ...]:
        def deep(payload: str) -> Answer:
            # Only free text is the name, so that it gets far.
            return _json(visitor, name, arguments(schema, visitor.refs, word=payload))

        def shallow(payload: str) -> Answer:
            return _json(visitor, name, dict.fromkeys(schema.get("properties", {"name": {}}), payload))

        return deep, shallow

    for entry in CATALOGUE:
        yield Way("json", entry.name, ask(entry.name, dict(entry.schema())))


def _json(visitor: Visitor, name: str, given: dict[str, Any]) -> Answer:
    return visitor.api("POST", f"/{name}", json.dumps(given).encode(), content_type="application/json")


def _in_file_names(visitor: Visitor, listed: list[dict[str, Any]]) -> Iterator[Way]:
    def ask(target: str) -> Send:
        return lambda payload: visitor.upload(target, payload, b"some bytes", x_upload="1")

    for path in _taking_files(listed):
        target = _filled(visitor, path)
        yield Way("file name", path, (ask(target),))


def _taking_files(listed: list[dict[str, Any]]) -> list[str]:
    """Return the addresses whose view reads sent files."""
    resolver = get_resolver()
    found = []
    for route in listed:
        view = inspect.unwrap(resolver.resolve(_PARAMETER.sub("1", route["path"])).func)
        if inspect.isfunction(view) and "FILES" in view.__code__.co_names:
            found.append(route["path"])
    return found
