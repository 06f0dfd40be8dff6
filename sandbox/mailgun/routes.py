"""Routes: which inbound mail goes where, in the order of priority, until one says stop."""

from __future__ import annotations

import json
import re
import secrets
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.call import Call, RefusalError
from sandbox.mailgun.manners import invalid
from sandbox.mailgun.records import rfc_date
from sandbox.store import Row
from sandbox.world import World

_EXPRESSION = re.compile(
    r"""\s*(?:(catch_all)\(\)|match_recipient\((["'])(.+)\2\)|match_header\((["'])(.+?)\4\s*,\s*(["'])(.+)\6\))\s*"""
)
_FORWARD = re.compile(r"""forward\((["'])(https?://[^"']+|[^"'\s]+@[^"'\s]+)\1\)""")
_STORE = re.compile(r"""store\((?:notify=(["'])https?://[^"']+\1)?\)""")


def create(call: Call) -> Response:
    """A new route."""
    if not call.form.get("expression"):
        raise invalid("expression parameter is missing")
    new = secrets.token_hex(12)
    _write(call.world, {"id": new, "created": call.world.now()} | _fields(call, {}))
    return JSONResponse({"message": "Route has been created", "route": _record(_route(call.world, new))})


def update(call: Call) -> Response:
    """Other fields for a route; those that are not sent stay."""
    present = _route(call.world, call.path["id"])
    _write(call.world, dict(present) | _fields(call, dict(present)))
    return JSONResponse({"message": "Route has been updated"} | _record(_route(call.world, call.path["id"])))


def fetch(call: Call) -> Response:
    """One route."""
    return JSONResponse({"route": _record(_route(call.world, call.path["id"]))})


def delete(call: Call) -> Response:
    """Forget a route."""
    route = _route(call.world, call.path["id"])
    call.world.store.run("DELETE FROM mail_routes WHERE id = ?", route["id"])
    return JSONResponse({"message": "Route has been deleted", "id": route["id"]})


def list_all(call: Call) -> Response:
    """The routes in their order."""
    skip, limit = call.query.get("skip", "0"), call.query.get("limit", "100")
    if not (skip.isdecimal() and limit.isdecimal() and int(limit) <= 1000):
        raise invalid("The 'limit' and 'skip' parameters must be numbers, the limit at most 1000")
    rows = _in_order(call.world)
    shown = rows[int(skip) : int(skip) + int(limit)]
    return JSONResponse({"total_count": len(rows), "items": [_record(row) for row in shown]})


def matching(world: World, recipient: str, headers: dict[str, str]) -> list[list[str]]:
    """The actions of every route that a mail takes, in order, to the first that stops."""
    found = []
    for route in _in_order(world):
        if _matches(route["expression"], recipient, headers):
            actions = json.loads(route["actions"])
            found.append(actions)
            if "stop()" in actions:
                break
    return found


def forward_url(action: str) -> str | None:
    """The URL that an action forwards to, if it is one that does."""
    found = _FORWARD.fullmatch(action.strip())
    return found[2] if found and found[2].startswith("http") else None


def _matches(expression: str, recipient: str, headers: dict[str, str]) -> bool:
    found = _EXPRESSION.fullmatch(expression)
    if found is None:
        return False
    if found[1]:
        return True
    if found[3]:
        return re.fullmatch(found[3], recipient, re.IGNORECASE) is not None
    value = next((text for name, text in headers.items() if name.lower() == found[5].lower()), "")
    return re.search(found[7], value, re.IGNORECASE) is not None


def _in_order(world: World) -> list[Row]:
    return world.store.all("SELECT * FROM mail_routes ORDER BY priority, created")


def _route(world: World, route_id: str) -> Row:
    route = world.store.one("SELECT * FROM mail_routes WHERE id = ?", route_id)
    if route is None:
        raise RefusalError(404, "Route not found")
    return route


def _fields(call: Call, present: dict[str, Any]) -> dict[str, Any]:
    form = call.form
    expression = form.get("expression") or present.get("expression", "")
    actions = form.every("action") or json.loads(present.get("actions", "[]"))
    priority = form.get("priority") or str(present.get("priority", 0))
    found = _EXPRESSION.fullmatch(expression)
    if found is None or not all(_compiles(found[group]) for group in (3, 7)):
        raise invalid(f"Syntax error in expression: {expression}")
    for action in actions:
        if action != "stop()" and not _FORWARD.fullmatch(action) and not _STORE.fullmatch(action):
            raise invalid(f"Syntax error in action: {action}")
    if not re.fullmatch(r"-?\d+", priority):
        raise invalid("priority parameter is not a number")
    return {
        "expression": expression,
        "actions": json.dumps(actions),
        "priority": int(priority),
        "description": form.get("description") or present.get("description", ""),
    }


def _compiles(pattern: str | None) -> bool:
    try:
        re.compile(pattern or "")
    except re.error:
        return False
    return True


def _write(world: World, route: dict[str, Any]) -> None:
    names = ("id", "priority", "description", "expression", "actions", "created")
    world.store.run(
        "INSERT OR REPLACE INTO mail_routes (id, priority, description, expression, actions, created)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        *(route[name] for name in names),
    )


def _record(route: Row) -> dict[str, Any]:
    return {
        "id": route["id"],
        "priority": route["priority"],
        "description": route["description"],
        "expression": route["expression"],
        "actions": json.loads(route["actions"]),
        "created_at": rfc_date(route["created"]),
    }
