"""An office: the tools it offers, and what they answer, in the shapes of the product's operations."""

from __future__ import annotations

import json
from typing import Any

TEXT = {"type": "string"}
REF = {"type": "string", "description": "A reference, like C-12."}
REFS = {"type": "array", "items": REF}
NUMBER = {"type": "integer"}
DAY = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
KINDS = ["client", "property", "job", "visit", "note", "message", "file", "price", "template", "member"]
STATES = {
    "StateFilter": {
        "type": "string",
        "enum": ["open", "unscheduled", "scheduled", "done", "cancelled", "all"],
    }
}

SYSTEM = "You are Claude, working inside OpSystem.\n\nBusiness: Hurley Plumbing\nTime zone: America/New_York"
NOW = '[{"now": "2026-11-23T14:05", "weekday": "Monday", "zone": "America/New_York", "person": "Alice"}]\n'


def maybe(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}], "default": None}


def tool(called: str, described: str, required: tuple[str, ...] = (), /, **properties: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    if "StateFilter" in json.dumps(properties):
        schema["$defs"] = STATES
    return {"name": called, "description": described, "input_schema": schema}


TOOLS: list[dict[str, Any]] = [
    tool(
        "add_client", "Add a client.", ("name",), name=TEXT, phone=TEXT, email=TEXT, company=TEXT, notes=TEXT
    ),
    tool("add_note", "Add a note.", ("about", "text"), about=REF, text=TEXT),
    tool("assign_visit", "Say who goes.", ("visit", "members"), visit=REF, members=REFS),
    tool(
        "book_job",
        "Book a job.",
        ("client", "title"),
        client=REF,
        title=TEXT,
        property=maybe(REF),
        starts_at=maybe(MOMENT),
        minutes={**NUMBER, "default": 60},
        members=REFS,
        notes=TEXT,
    ),
    tool("business_profile", "The business."),
    tool("cancel_job", "Cancel a job.", ("job",), job=REF),
    tool("cancel_visit", "Cancel a visit.", ("visit",), visit=REF),
    tool("client_timeline", "What happened.", ("client",), client=REF, page=NUMBER),
    tool("complete_job", "A job is done.", ("job",), job=REF),
    tool("finish_visit", "A visit is finished.", ("visit",), visit=REF),
    tool("list_checklists", "Checklists."),
    tool("list_clients", "Clients.", text=TEXT, page=NUMBER),
    tool(
        "list_files",
        "Files.",
        client=maybe(REF),
        job=maybe(REF),
        photos=maybe({"type": "boolean"}),
        text=TEXT,
    ),
    tool("list_history", "Changes.", page=NUMBER),
    tool(
        "list_jobs",
        "Jobs.",
        state={"$ref": "#/$defs/StateFilter", "default": "open"},
        client=maybe(REF),
        text=TEXT,
    ),
    tool("list_prices", "Prices.", text=TEXT),
    tool("list_proposals", "Proposals."),
    tool("list_team", "The team."),
    tool("list_templates", "Templates.", channel=maybe(TEXT)),
    tool(
        "list_threads", "Threads.", filter={"type": "string", "enum": ["all", "unread", "waiting"]}, text=TEXT
    ),
    tool(
        "list_visits",
        "List the visits from the day `since` to the day `until`, both included.",
        ("since", "until"),
        since=DAY,
        until=DAY,
        member=maybe(REF),
    ),
    tool("move_visit", "Move.", ("visit", "starts_at"), visit=REF, starts_at=MOMENT, minutes=maybe(NUMBER)),
    tool(
        "search_records",
        "Search.",
        ("text",),
        text=TEXT,
        kinds={"type": "array", "items": {"type": "string", "enum": KINDS}},
        limit=NUMBER,
    ),
    tool(
        "send_email",
        "Send an email.",
        ("client", "subject", "body"),
        client=REF,
        subject=TEXT,
        body=TEXT,
        about=maybe(REF),
    ),
    tool("send_text", "Send a text.", ("client", "body"), client=REF, body=TEXT, about=maybe(REF)),
    tool("show_client", "One client.", ("client",), client=REF),
    tool("show_job", "One job.", ("job",), job=REF),
    tool("show_thread", "One thread.", ("thread",), thread=REF),
    tool("show_visit", "One visit.", ("visit",), visit=REF),
    tool("start_visit", "A visit begins.", ("visit",), visit=REF),
    tool("undo_change", "Undo a change.", ("change",), change=REF),
    tool("undo_last", "Undo the last change."),
]

MARIA = {
    "ref": "C-12",
    "id": 12,
    "name": "Maria Alvarez",
    "phone": "+18455550134",
    "email": "maria@alvarez.example",
}
PLACE = {
    "ref": "P-5",
    "id": 5,
    "client": "C-12",
    "label": "Home",
    "address": "9 Elm Street, Hurley, NY 12443",
}
BOB = {"ref": "U-2", "id": 2, "name": "Bob Reyes", "role": "technician", "phone": None}
ALICE = {"ref": "U-1", "id": 1, "name": "Alice Kern", "role": "owner", "phone": "+18455550100"}
WHO = {"client": "C-12", "client_id": 12, "client_name": "Maria Alvarez"}
VISIT = {
    "ref": "V-31",
    "id": 31,
    "job": "J-204",
    "title": "Leak repair",
    **WHO,
    "address": "9 Elm Street, Hurley, NY 12443",
    "starts_at": "2026-11-24T14:00:00Z",
    "ends_at": "2026-11-24T15:00:00Z",
    "assignees": [{"ref": "U-2", "id": 2, "name": "Bob Reyes"}],
    "state": "planned",
}
PAST = {
    **VISIT,
    "ref": "V-8",
    "id": 8,
    "job": "J-90",
    "starts_at": "2026-09-01T13:00:00Z",
    "state": "finished",
}
JOB = {"ref": "J-204", "id": 204, "title": "Leak repair", **WHO, "state": "scheduled", "next_visit": VISIT}
PRICE = {
    "ref": "S-4",
    "id": 4,
    "name": "Water heater flush",
    "unit": "visit",
    "price_cents": 18900,
    "cost_cents": None,
}
MESSAGE = {
    "ref": "M-9",
    "id": 9,
    "thread": "T-3",
    "client": "C-12",
    "inbound": True,
    "body": "The gate is open.",
}
SENT = {
    **MESSAGE,
    "ref": "M-8",
    "inbound": False,
    "body": "On our way.",
    "created_at": "2026-11-20T10:00:00Z",
}
THREAD = {
    "ref": "T-3",
    "id": 3,
    **WHO,
    "channel": "sms",
    "waiting": True,
    "last": {**MESSAGE, "created_at": None},
}
CHANGE = {"ref": "H-41", "id": 41, "label": "Add client", "actor_name": "Alice", "at": "2026-11-23T15:00:00Z"}


def page(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"rows": list(rows), "total": len(rows), "number": 1, "size": 50}


def outside(value: object) -> dict[str, object]:
    """As the product marks what people outside may have written."""
    return {"untrusted": True, "answer": value}


ANSWERS: dict[str, Any] = {
    "search_records": outside(
        [{"ref": "C-12", "kind": "client", "id": 12, "title": "Maria Alvarez", "excerpt": "Elm"}]
    ),
    "show_client": {
        "client": MARIA,
        "properties": [PLACE],
        "next_visit": VISIT,
        "open_jobs": [{"job": JOB, "visits": [VISIT]}],
        "past_jobs": [{"job": {**JOB, "ref": "J-90", "state": "done"}, "visits": [PAST]}],
        "notes": [],
    },
    "list_visits": [VISIT],
    "list_team": [ALICE, BOB],
    "list_jobs": page(JOB),
    "list_clients": {**page(MARIA), "total": 312},
    "list_prices": [PRICE, {**PRICE, "ref": "S-5", "name": "Drain cleaning"}],
    "list_checklists": [{"ref": "K-1", "id": 1, "name": "Leak check", "items": ["Main valve"]}],
    "list_templates": [{"ref": "X-1", "id": 1, "name": "On my way", "channel": "sms"}],
    "list_files": page(
        {"ref": "F-7", "id": 7, "name": "IMG_1.heic", "is_photo": True, "caption": "Valve", **WHO}
    ),
    "list_threads": outside(page(THREAD)),
    "show_thread": outside(
        {"thread": THREAD, "messages": [SENT, {**MESSAGE, "created_at": "2026-11-22T16:00:00Z"}], "total": 2}
    ),
    "list_history": page({**CHANGE, "ref": "H-42", "undone_by": "H-43"}, {**CHANGE, "undone_by": None}),
    "client_timeline": outside(
        {
            "entries": [
                {"at": "2026-11-20T10:00:00Z", "kind": "message", "ref": "M-8", "title": "Text", "body": "Hi"}
            ]
        }
    ),
    "list_proposals": page({"ref": "A-5", "id": 5, "summary": "Text to Maria Alvarez", "state": "pending"}),
    "business_profile": {"name": "Hurley Plumbing", "phone": "+18455550100", "zone": "America/New_York"},
    "show_job": {"job": JOB, "notes": "", "client": MARIA, "visits": [VISIT]},
    "show_visit": {"visit": VISIT, "job_notes": "", "notes": []},
    "send_text": {"status": "sent", "ref": "M-10"},
    "send_email": {"status": "sent", "ref": "M-11"},
    "add_client": {"status": "done", "result": {"ref": "C-313", "id": 313, "property": None}},
    "add_note": {"status": "done", "result": {"ref": "N-3", "id": 3}},
    "book_job": {"status": "done", "result": {"ref": "J-205", "id": 205, "visit": "V-40", "overlaps": []}},
    "move_visit": {"status": "done", "result": {"ref": "V-31", "id": 31, "job": "J-204", "overlaps": []}},
    "undo_last": {
        "status": "done",
        "result": {"ref": "H-44", "id": 44, "undid": "H-41", "label": "Add client"},
    },
}
DONE = {"status": "done", "result": None}


def answer(called: str) -> str:
    """What a tool of the office answers, as compact JSON."""
    return json.dumps(ANSWERS.get(called, DONE), separators=(",", ":"))
