"""The suppression list of addresses that bounced: a later mail to one is accepted and then fails."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.call import Call, RefusalError
from sandbox.mailgun.addresses import plain_addresses
from sandbox.mailgun.manners import invalid
from sandbox.mailgun.records import rfc_date
from sandbox.store import Row


def list_all(call: Call) -> Response:
    """All of a domain's bounces, on one page."""
    rows = call.world.store.all(
        "SELECT * FROM bounces WHERE domain = ? ORDER BY address", call.path["domain"]
    )
    here = f"{call.base_url}/v3/{call.path['domain']}/bounces"
    paging = {name: f"{here}?page={name}" for name in ("first", "next", "previous", "last")}
    shown = [] if call.query.get("page") in ("next", "previous") else rows
    return JSONResponse({"items": [_record(row) for row in shown], "paging": paging})


def fetch(call: Call) -> Response:
    """One address."""
    return JSONResponse(_record(_bounce(call)))


def create(call: Call) -> Response:
    """Add one address by form, or several by JSON."""
    if call.content_type.startswith("application/json"):
        try:
            said = json.loads(call.body)
        except ValueError as error:
            raise invalid("Invalid JSON") from error
        entries = said if isinstance(said, list) else [said]
    else:
        entries = [call.form.flat()]
    if not entries or not all(isinstance(entry, dict) and entry.get("address") for entry in entries):
        raise invalid("Missing mandatory parameter: address")
    for entry in entries:
        address = plain_addresses("address", [str(entry["address"])])[0]
        call.world.store.run(
            "INSERT OR REPLACE INTO bounces VALUES (?, ?, ?, ?, ?)",
            call.path["domain"], address, str(entry.get("code", "550")), str(entry.get("error", "")),
            call.world.now(),
        )  # fmt: skip
    many = f"{len(entries)} addresses have" if len(entries) > 1 else "Address has"
    return JSONResponse({"message": f"{many} been added to the bounces table"})


def delete(call: Call) -> Response:
    """Let an address receive mail again."""
    bounce = _bounce(call)
    call.world.store.run(
        "DELETE FROM bounces WHERE domain = ? AND address = ?", call.path["domain"], bounce["address"]
    )
    return JSONResponse({"message": "Bounced address has been removed", "address": bounce["address"]})


def delete_all(call: Call) -> Response:
    """Empty the list."""
    call.world.store.run("DELETE FROM bounces WHERE domain = ?", call.path["domain"])
    return JSONResponse({"message": "Bounced addresses for this domain have been removed"})


def _bounce(call: Call) -> Row:
    row = call.world.store.one(
        "SELECT * FROM bounces WHERE domain = ? AND address = ?",
        call.path["domain"],
        call.path["address"].lower(),
    )
    if row is None:
        raise RefusalError(404, "Address not found in bounces table")
    return row


def _record(bounce: Row) -> dict[str, Any]:
    return {
        "address": bounce["address"],
        "code": bounce["code"],
        "error": bounce["error"],
        "created_at": rfc_date(bounce["created"]),
    }
