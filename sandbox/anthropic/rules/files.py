"""Photos and files."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check, find_client
from sandbox.anthropic.planner.records import REF, Record
from sandbox.anthropic.planner.steps import Plan, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, name_of, record_line
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many

_IMAGES = ("image", "photo", "jpg", "jpeg", "png", "heic", "webp")


def _files(turn: Turn, match: re.Match[str]) -> Plan:
    who = match["who"]
    record = Record(who.upper(), {}) if REF.fullmatch(who.upper()) else (yield from find_client(turn, who))
    photos = match["noun"].lower().startswith(("photo", "picture", "image"))
    results = yield step(call("list_files", photos=True if photos else None, **_of(turn, record)))
    files = [found for found in check(results[0]).records if found.kind == "file"]
    noun = "photo" if photos else "file"
    if photos:
        files = [found for found in files if _is_image(found)]
    whose = name_of(record, who)
    if not files:
        return f"There are no {noun}s of {whose}."
    lines = [record_line(found, "caption", "taken_at") for found in files]
    return f"{many(len(files), noun)} of {whose}:\n{bullet_list(lines, results[0].total)}"


def _of(turn: Turn, record: Record) -> dict[str, str]:
    """The argument by which the tool asks for one record's files: of its kind, or of any."""
    tool = turn.tools.get("list_files")
    return {record.kind if tool is not None and record.kind in tool.properties else "about": record.ref}


def _is_image(record: Record) -> bool:
    if isinstance(record.fields.get("is_photo"), bool):
        return bool(record.fields["is_photo"])
    kind = record.get("kind", "media_type", "content_type", "mime", "type")
    words = (kind or record.name).lower()
    return any(sign in words for sign in _IMAGES)


RULES = (
    rule(
        "files",
        _files,
        r"(?:show |list |find |are there |any )*(?:me )?(?:all )?(?:the )?(?P<noun>photos?|pictures?|images?|"
        r"files?|documents?|pdfs?) (?:of|for|from|about|with|at) (?P<who>.+)",
        r"(?:show |list )?(?:me )?(?P<who>.+?)(?:'s|s') (?P<noun>photos?|pictures?|files?|documents?)",
    ),
)
