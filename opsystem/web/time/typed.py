"""A stretch of time as it is typed: a day, from, to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from opsystem.kit.refs import make_ref
from opsystem.operations import Operation
from opsystem.web.door import Door, Outcome
from opsystem.web.forms import FormState


def whose(door: Door) -> str:
    """Return the person named in the address or the form, or nothing."""
    given = (door.request.POST if door.is_post else door.request.GET).get("member", "")
    return make_ref("member", int(given)) if given.isdecimal() and len(given) < 9 else ""


def stretch_of(door: Door, operation: Operation[Any], *names: str, **given: Any) -> Outcome:
    """Perform with a stretch made of the fields `date`, `begins`, `ends`; past midnight counts on."""
    sent = door.request.POST
    try:
        first = datetime.fromisoformat(f"{sent.get('date', '')}T{sent.get('begins', '')}")
        last = datetime.fromisoformat(f"{sent.get('date', '')}T{sent.get('ends', '')}")
    except ValueError:
        errors = {"begins": "Give a day, and times like 09:00 and 17:30."}
        return Outcome(None, FormState(FormState.of(sent).values, errors, "Please check what is marked."))
    if last <= first:
        last += timedelta(days=1)
    outcome = door.submit(operation, *names, starts_at=first, ends_at=last, **given)
    if outcome.done is not None:
        return outcome
    moved = {"starts_at": "begins", "ends_at": "ends"}
    errors = {moved.get(name, name): words for name, words in outcome.form.errors.items()}
    return Outcome(None, replace(outcome.form, errors=errors))
