"""Texts that came in while nobody listened, and what the installation forgets."""

from __future__ import annotations

from datetime import timedelta

import requests
from django.contrib.sessions.models import Session

from opsystem.business.conversations.queries import list_threads
from opsystem.control.accounts.sessions import SessionStore
from opsystem.control.audit.models import Event
from opsystem.delivery.inbound import handle_next
from opsystem.kit import clock
from opsystem.lifecycle import channels
from opsystem.worker.missed import fetch_missed_texts
from opsystem.worker.tidying import ORIGINS_KEPT, tidy
from tests.lifecycle.office import Office, office

__all__ = ["office"]
MARIA = "+12285550177"


def test_a_text_that_came_while_the_site_was_down_is_fetched_once(office: Office, sandbox_url: str) -> None:
    assert channels.run(office.vault, office.number, lambda: True) is None
    [number] = [one.address for one in office.business.channels.filter(kind="sms")]
    lost = [{"vendor": "twilio", "kind": "lose_callbacks", "operation": "messages.inbound"}]
    requests.post(f"{sandbox_url}/_faults", json=lost, timeout=10).raise_for_status()
    answer = {"to": number, "body": "The gate code is 4711"}
    requests.post(f"{sandbox_url}/_state/phones/{MARIA}/answer", json=answer, timeout=10).raise_for_status()
    assert fetch_missed_texts(lambda: True)["new"] == 1
    assert fetch_missed_texts(lambda: True)["new"] == 0
    assert handle_next(office.vault, clock.now() + timedelta(seconds=1))
    [thread] = list_threads.ask(office.vault, office.actor(office.alice), {}).rows
    assert thread.last is not None
    assert "4711" in thread.last.body


def test_where_somebody_came_from_is_forgotten_after_90_days(installation: object) -> None:  # noqa: ARG001
    now = clock.now()
    long_ago = now - ORIGINS_KEPT - timedelta(hours=1)
    Event.objects.create(action="test.old", at=long_ago, ip="203.0.113.7", user_agent="Old browser")
    Event.objects.create(action="test.new", at=now, ip="203.0.113.8", user_agent="New browser")
    over = SessionStore()
    over.set_expiry(now - timedelta(minutes=1))
    over.save()
    assert tidy(lambda: True)["events"] == 1
    kept = {one.action: one.ip for one in Event.objects.filter(action__in=("test.old", "test.new"))}
    assert kept == {"test.old": None, "test.new": "203.0.113.8"}
    assert not Session.objects.filter(session_key=over.session_key).exists()
