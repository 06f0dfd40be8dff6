"""The event log: filtered by query fields, page by page through the URLs in `paging`."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.mailgun.manners import invalid

_MOST = 300
_DEFAULT = 100
# Query field and column. A message id has no angle brackets here, as in the events themselves.
_EXACT = {"message-id": "message_id", "recipient": "recipient", "severity": "severity"}
_HEADERS = ("from", "to", "subject")
_KNOWN = {*_EXACT, *_HEADERS, "event", "begin", "end", "ascending", "limit"}


def list_all(call: Call) -> Response:
    """The first page for a query."""
    unknown = [name for name, _ in call.query.pairs if name not in _KNOWN]
    if unknown:
        raise invalid(f"Unknown parameter: {unknown[0]}")
    return _page(call, dict(call.query.pairs), None)


def list_page(call: Call) -> Response:
    """A page that `paging` has named."""
    try:
        place = json.loads(base64.urlsafe_b64decode(call.path["page"]))
        return _page(call, place["query"], place["id"])
    except (binascii.Error, ValueError, KeyError, TypeError) as error:
        raise invalid("Invalid page") from error


def _page(call: Call, query: dict[str, str], place: int | None) -> Response:
    limit = query.get("limit", str(_DEFAULT))
    if not (limit.isdecimal() and 1 <= int(limit) <= _MOST):
        raise invalid(f"'limit' must be from 1 to {_MOST}")
    begin, end = _moment(query.get("begin")), _moment(query.get("end"))
    upwards = query.get("ascending") == "yes" or (begin is not None and end is not None and begin < end)
    conditions: list[tuple[str, Any]] = [("domain = ?", call.path["domain"]), *_filters(query)]
    if place is not None:
        conditions.append(("id > ?" if upwards else "id < ?", place))
    if begin is not None:
        conditions.append(("at >= ?" if upwards else "at <= ?", begin))
    if end is not None:
        conditions.append(("at <= ?" if upwards else "at >= ?", end))
    rows = call.world.store.all(
        f"SELECT id, data FROM mail_events WHERE {' AND '.join(where for where, _ in conditions)}"  # noqa: S608
        f" ORDER BY id {'ASC' if upwards else 'DESC'} LIMIT ?",
        *(value for _, value in conditions), int(limit),
    )  # fmt: skip
    last = rows[-1]["id"] if rows else place
    first = _link(call, query, None)
    paging = {"next": _link(call, query, last), "previous": first, "first": first}
    return JSONResponse({"items": [json.loads(row["data"]) for row in rows], "paging": paging})


def _filters(query: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """SQL conditions, each with its value."""
    for name, column in _EXACT.items():
        if query.get(name):
            yield f"{column} = ?", query[name]
    for name in _HEADERS:
        if query.get(name):
            yield f"instr(lower(json_extract(data, '$.message.headers.{name}')), lower(?)) > 0", query[name]
    if query.get("event"):
        kinds = [kind.strip().lower() for kind in query["event"].split(" OR ")]
        yield "event IN (SELECT value FROM json_each(?))", json.dumps(kinds)


def _link(call: Call, query: dict[str, str], place: int | None) -> str:
    token = base64.urlsafe_b64encode(json.dumps({"query": query, "id": place}).encode()).decode()
    return f"{call.base_url}/v3/{call.path['domain']}/events/{token}"


def _moment(text: str | None) -> float | None:
    """UNIX seconds, or an RFC 2822 date."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).timestamp()
    except ValueError as error:
        raise invalid(f"Invalid date: {text}") from error
