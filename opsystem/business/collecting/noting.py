"""What a person should look at, noted once under a key; and errands, which carry their own key to Stripe."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from sqlalchemy import select

from opsystem.business.collecting.keeping import Errand, Finding
from opsystem.operations import ActorKind, Work

LANE = "collecting"


def note_finding(
    work: Work, key: str, words: str, *, client_id: int | None = None, about: str = "", cents: int = 0
) -> None:
    """Note something to look at, unless it is noted already, settled or not."""
    if work.session.scalar(select(Finding.id).where(Finding.key == key)) is None:
        work.session.add(
            Finding(key=key, client_id=client_id, about=about, words=words, cents=cents, found_at=work.now)
        )


def send_off(work: Work, task: str, about: str, payload: Mapping[str, object]) -> Errand:
    """Write down what Stripe is to be asked with this very change; it is asked after the commit."""
    errand = Errand(
        task=task, about=about, initiator=_initiator(work), key=f"ops-{secrets.token_hex(16)}",
        payload=json.dumps(dict(payload)), begun_at=work.now, due_at=work.now,
    )  # fmt: skip
    work.session.add(errand)
    work.session.flush()
    work.set_alarm(LANE, work.now)
    return errand


def _initiator(work: Work) -> str:
    actor = work.actor
    person = f"U-{actor.member_id}" if actor.member_id is not None else str(actor.kind)
    return f"assistant for {person}" if actor.kind is ActorKind.ASSISTANT else person
