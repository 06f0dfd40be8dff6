"""The tools of an office worker, as the product describes its operations to the model."""

from __future__ import annotations

from typing import Any

REF = {"type": "string"}
DAY = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
TEXT = {"type": "string"}


def tool(called: str, described: str, required: tuple[str, ...] = (), /, **properties: Any) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
    return {"name": called, "description": described, "input_schema": schema}


def maybe(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}], "default": None}


KINDS = ["client", "property", "job", "visit", "note", "message", "file", "price", "template", "member"]
MANY_KINDS = {"type": "array", "items": {"type": "string", "enum": KINDS}}

TOOLS: list[dict[str, Any]] = [
    tool(
        "search_records", "Find records.", ("text",), text=TEXT, kinds=MANY_KINDS, limit={"type": "integer"}
    ),
    tool("business_profile", "The business."),
    tool("list_team", "The team."),
    tool("list_clients", "Clients.", text=TEXT, page={"type": "integer"}),
    tool("show_client", "One client.", ("client",), client=REF),
    tool("client_timeline", "What happened.", ("client",), client=REF),
    tool(
        "add_client",
        "New client.",
        ("name",),
        name=TEXT,
        phone=maybe(TEXT),
        email=maybe(TEXT),
        company=maybe(TEXT),
    ),
    tool("add_note", "Note.", ("about", "text"), about=REF, text=TEXT),
    tool("list_prices", "Prices.", text=TEXT),
    tool("list_checklists", "Checklists."),
    tool("list_templates", "Templates."),
    tool("list_jobs", "Jobs.", state=maybe(TEXT), client=maybe(REF), text=TEXT),
    tool("show_job", "One job.", ("job",), job=REF),
    tool("list_visits", "Visits.", ("since", "until"), since=DAY, until=DAY, member=maybe(REF)),
    tool("show_visit", "One visit.", ("visit",), visit=REF),
    tool(
        "book_job",
        "Book a job.",
        ("client", "title"),
        client=REF,
        title=TEXT,
        starts_at=maybe(MOMENT),
        minutes=maybe({"type": "integer"}),
        members={"type": "array", "items": REF},
        notes=maybe(TEXT),
    ),
    tool(
        "move_visit",
        "Move.",
        ("visit", "starts_at"),
        visit=REF,
        starts_at=MOMENT,
        minutes=maybe({"type": "integer"}),
    ),
    tool("assign_visit", "Assign.", ("visit", "members"), visit=REF, members={"type": "array", "items": REF}),
    tool("cancel_visit", "Cancel.", ("visit",), visit=REF, reason=maybe(TEXT)),
    tool("start_visit", "Start.", ("visit",), visit=REF),
    tool("finish_visit", "Finish.", ("visit",), visit=REF),
    tool("complete_job", "Complete.", ("job",), job=REF),
    tool("list_files", "Files.", about=maybe(REF)),
    tool("list_threads", "Threads.", client=maybe(REF), unanswered={"type": "boolean"}),
    tool("show_thread", "One thread.", ("thread",), thread=REF),
    tool("send_text", "Text a client.", ("client", "body"), client=REF, body=TEXT, about=maybe(REF)),
    tool(
        "send_email",
        "Email a client.",
        ("client", "subject", "body"),
        client=REF,
        subject=TEXT,
        body=TEXT,
        about=maybe(REF),
    ),
    tool("list_history", "Changes.", limit={"type": "integer"}),
    tool("undo_change", "Undo.", ("change",), change=REF),
    tool("list_proposals", "Approvals."),
]
