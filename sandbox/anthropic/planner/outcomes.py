"""What to say when a call came back after a person, or a policy, decided about it."""

from __future__ import annotations

from typing import Any

from sandbox.anthropic.planner.steps import Result
from sandbox.anthropic.planner.words import listed

_WAITING = frozenset({"waiting", "pending", "proposed", "needs_approval", "waiting_for_approval"})
_REFUSED = frozenset({"rejected", "declined", "denied"})
_LATER = frozenset({"queued", "approved", "held", "scheduled"})
_FAILED = frozenset({"failed", "error", "blocked", "undelivered"})


def overlaps(result: Result) -> str:
    """A warning about visits at the same time, where the tool names some."""
    names = [
        f"{found.get('member_name') or 'somebody'} has {found.get('title') or 'another visit'}"
        for found in _overlapping(result)
    ]
    return f" Careful, at the same time {listed(names)}." if names else ""


def _overlapping(result: Result) -> list[dict[str, Any]]:
    data = result.data
    inner = data.get("result", data) if isinstance(data, dict) else None
    found = inner.get("overlaps") if isinstance(inner, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def closing(result: Result, thing: str, done: str) -> str:
    """One line about the outcome. `thing` is "the text to Mrs. Alvarez", `done` what a plain success says."""
    status = (result.field("status", "state") or "").lower()
    ref = result.field("ref") or (result.records[0].ref if result.records else None)
    mark = f" [{ref}]" if ref and f"[{ref}]" not in done + thing else ""
    reason = result.field("reason", "message", "error")
    why = f" ({reason.rstrip('.')})" if reason else ""
    capital = thing[0].upper() + thing[1:]
    if status in _REFUSED:
        return f"You said no to {thing}{why}. Nothing was done. Tell me what to change and I will try again."
    if result.is_error or status in _FAILED:
        words = reason or result.text.strip()[:300] or "the tool gave no reason"
        return f"{capital} did not work: {words.rstrip('.')}."
    if status == "edited":
        return f"{capital} went out with your changes{mark}."
    if status in _WAITING:
        return f"{capital} is waiting for approval{mark}."
    if status == "expired":
        return f"The approval of {thing} ran out. Nothing was done."
    if status == "stale":
        return (
            f"Something changed while {thing} was waiting, so it was not done. Ask me again to see it fresh."
        )
    if status in _LATER:
        return f"{capital} is approved and will go out now{mark}."
    return f"{done}{mark}."
