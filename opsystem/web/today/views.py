"""View of the day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.asking.queries import list_proposals
from opsystem.business.certificates.queries import list_certificates
from opsystem.business.certificates.records import CertificateRow
from opsystem.business.conversations.queries import list_threads
from opsystem.business.jobs.queries import list_jobs, list_visits
from opsystem.business.jobs.records import VisitRow
from opsystem.business.quotes.queries import list_quotes
from opsystem.kit import clock
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.jobs.standing import OPEN, clashes, shown_state
from opsystem.web.today.tiles import tiles

# Whoever sees only the own visits sees the next one even when it is some days away.
_OWN_DAYS, _ALL_DAYS = 14, 1
_FEW = 3


@business_page(Permission.JOBS_READ)
def show(door: Door) -> HttpResponse:
    """Show the next visit, the visits of the day, and what waits for this person."""
    now = clock.now()
    today = localtime(now).date()
    ahead = _OWN_DAYS if door.actor.is_restricted else _ALL_DAYS
    visits = door.ask(list_visits, since=today, until=today + timedelta(days=ahead))
    of_today = [one for one in visits if localtime(one.starts_at).date() == today]
    tomorrow = [one for one in visits if localtime(one.starts_at).date() == today + timedelta(days=1)]
    following, is_own = _next_visit(visits, door.actor.member_id, now)
    context = {
        "now": now,
        "visits": of_today,
        "tomorrow": tomorrow,
        "following": following,
        "following_is_own": is_own,
        "states": {one.id: shown_state(one, now) for one in visits},
        "clashes": clashes(visits),
        "open_today": sum(one.state in OPEN for one in of_today),
        "my_day": door.actor.is_restricted,
        "needs": _needs(door),
        "tiles": [] if door.actor.is_restricted else tiles(door),
    }
    return door.page("today/show.html", context)


def _next_visit(visits: list[VisitRow], member_id: int | None, now: datetime) -> tuple[VisitRow | None, bool]:
    """Return the visit that is on or comes next, one's own before others', and whether it is one's own."""
    ahead = [one for one in visits if one.state in OPEN and one.ends_at > now]
    own = [one for one in ahead if any(person.id == member_id for person in one.assignees)]
    chosen = min(own or ahead, key=lambda one: (one.started_at is None, one.starts_at, one.id), default=None)
    return chosen, bool(own)


def _needs(door: Door) -> dict[str, Any]:
    """Return the first few of everything that waits for this person; only what the role may see."""
    needs: dict[str, Any] = {}
    if door.actor.may(Permission.APPROVE):
        needs["proposals"] = door.ask(list_proposals)
    if door.actor.may(Permission.MESSAGES_READ):
        needs["threads"] = door.ask(list_threads, filter="unread")
    if door.actor.may(Permission.JOBS_WRITE):
        needs["jobs"] = door.ask(list_jobs, state="unscheduled")
    if door.actor.may(Permission.MONEY_READ):
        needs["quotes"] = door.ask(list_quotes, state="waiting")
    waiting = {
        name: {"rows": page.rows[:_FEW], "total": page.total} for name, page in needs.items() if page.total
    }
    ending = _ending(door)
    if ending:
        waiting["certificates"] = {"rows": ending[:_FEW], "total": len(ending)}
    return waiting


def _ending(door: Door) -> list[CertificateRow]:
    """Return certificates that have ended or end within 60 days, for whoever sends people out."""
    if not (door.actor.may(Permission.TEAM_READ) and door.actor.may(Permission.JOBS_WRITE)):
        return []
    return door.ask(list_certificates, ending=True)
