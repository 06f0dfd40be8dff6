"""On my way: the stamp, and the text to the client.

Whoever goes there may neither read nor write messages. So what is to be said is written down here, and the
system sends it a moment later in the words of the business's template.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.announcing.models import Announcement
from opsystem.business.clients.models import Client
from opsystem.business.conversations.operations.sending import text_for_business
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.records import VisitSaved
from opsystem.business.jobs.scheduling import planned_visit
from opsystem.business.jobs.stamps.spans import Press
from opsystem.business.jobs.stamps.stamping import press
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import VisitRef
from opsystem.business.templates.filling import fill
from opsystem.business.templates.models import Template
from opsystem.kit.errors import Problem
from opsystem.operations import Effect, Permission, Work, operation

LANE = "announcing"
_KEY = "on_my_way"
_PLAIN = "{biz}: {tech} is on the way."
_WITH_TIME = "{biz}: {tech} is on the way, about {eta} min."


@operation(permission=Permission.VISITS_WORK, effect=Effect.SEND, label="On my way")
def on_my_way(
    work: Work,
    *,
    visit: VisitRef,
    minutes: Annotated[int | None, Field(ge=1, le=600, description="Minutes to go, as you judge it.")] = None,
    tell: Annotated[bool, Field(description="Whether the client gets a text.")] = True,
) -> VisitSaved:
    """Say that you are on the way to a visit, and text the client so, once a visit.

    The text is the template `on_my_way`; pressing again sends nothing more.
    """
    row = planned_visit(work, visit)
    job = work.get(Job, row.job_id, "job")
    press(work, row, Press.ON_WAY)
    known = select(Announcement.id).where(Announcement.visit_id == row.id)
    if tell and work.session.scalar(known) is None:
        work.session.add(
            Announcement(
                visit_id=row.id,
                tech=work.actor.name.removeprefix("Claude for ").split()[0],
                minutes=minutes,
                asked_at=work.now,
                asked_by=work.actor.name,
            )
        )
        work.set_alarm(LANE, work.now)
    work.describe(f"On the way to {row.ref} of {job.ref} “{job.title}”")
    return VisitSaved(row.ref, row.id, job.ref, [])


@operation(permission=Permission.DELIVER, effect=Effect.SEND, label="Tell who is on the way", assistant=False)
def send_announcements(work: Work) -> int:
    """Text the clients of visits somebody is on the way to; return how many texts wait to leave now."""
    waiting = select(Announcement).where(Announcement.settled_at.is_(None)).order_by(Announcement.id)
    sent = 0
    for row in work.session.scalars(waiting).all():
        visit = work.get(Visit, row.visit_id, "visit")
        row.settled_at = work.now
        if visit.cancelled_at is not None or visit.on_way_at is None:
            row.problem = "The visit was called off."
            continue
        client = work.get(Client, work.get(Job, visit.job_id, "job").client_id, "client")
        try:
            queued = work.do(
                text_for_business, client=client.ref, body=_words(work, row, client), about=visit.ref
            )
        except Problem as problem:
            # It stands on the visit's page, where somebody can call instead.
            row.problem = problem.message
            continue
        row.message_id, sent = queued.id, sent + 1
    work.describe(f"Told {sent} clients that somebody is on the way")
    return sent


def _words(work: Work, row: Announcement, client: Client) -> str:
    body = work.session.scalar(select(Template.body).where(Template.key == _KEY, Template.channel == "sms"))
    values = {
        "biz": profile_row(work.session).name,
        "tech": row.tech,
        "eta": str(row.minutes or ""),
        "first": client.name.split()[0],
        "name": client.name,
    }
    filled = fill(body or (_WITH_TIME if row.minutes else _PLAIN), values)
    # A template that asks for what nobody said ("about {eta} min") is not sent with a hole in it.
    return filled.text if not filled.missing else fill(_PLAIN, values).text
