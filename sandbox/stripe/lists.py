"""Pages of lists: `limit`, `starting_after`, `created[gte]` (https://docs.stripe.com/api/pagination)."""

from __future__ import annotations

import json

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.store import Row
from sandbox.stripe.manners import invalid
from sandbox.stripe.params import Params
from sandbox.stripe.things import account_of, find


def listed(call: Call, kind: str, params: Params, path: str, *, subject: str | None = None) -> Response:
    """A page of a list, the newest first: `limit`, `starting_after`, `created[gte]`."""
    limit = params.whole("limit") or 10
    if not 1 <= limit <= 100:
        raise invalid("Limit must be between 1 and 100", "limit")
    after = params.text("starting_after")
    created = params.part("created")
    since, until = created.whole("gte") or 0, created.whole("lte") or 2**62
    created.done()
    params.done()
    world, account = call.world, account_of(call)
    before = 2**62
    if after:
        find(world, account, kind, after, "starting_after")
        before = world.store.get("SELECT seq FROM stripe_objects WHERE id = ?", after)["seq"]
    rows: list[Row] = world.store.all(
        "SELECT body FROM stripe_objects WHERE account = ? AND kind = ? AND seq < ? AND created >= ?"
        " AND created < ? AND (? IS NULL OR about = ?) ORDER BY seq DESC LIMIT ?",
        account, kind, before, since, until + 1, subject, subject, limit + 1,
    )  # fmt: skip
    data = [json.loads(row["body"]) for row in rows]
    return JSONResponse({"object": "list", "url": path, "has_more": len(data) > limit, "data": data[:limit]})
