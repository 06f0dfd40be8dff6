"""Security events: recorded without content, and kept by the database itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from opsystem.control.audit.events import Origin, forget_origins, origin_of, record
from opsystem.control.audit.ledger import AccountLedger
from opsystem.control.audit.models import Disclosure as Row
from opsystem.control.audit.models import Event
from opsystem.kit import clock
from opsystem.vendors.disclosures import Disclosure

pytestmark = pytest.mark.usefixtures("control_plane")


def recorded(days_ago: int = 0) -> Event:
    record("test.acted", actor_id=1, field_names=["phone", "name"], origin=Origin("192.0.2.1", "A browser"))
    event = Event.objects.latest("pk")
    if not days_ago:
        return event
    return Event.objects.create(action="test.old", result="done", at=clock.now() - timedelta(days=days_ago))


def test_an_event_has_ids_names_of_fields_and_its_origin() -> None:
    event = recorded()
    assert (event.actor_id, event.field_names, event.ip) == (1, ["name", "phone"], "192.0.2.1")


def test_the_database_refuses_to_change_an_event() -> None:
    event = recorded()
    for change in ({"action": "test.other"}, {"actor_id": 2}, {"result": "x"}, {"ip": "192.0.2.9"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(**change)
    assert Event.objects.get(pk=event.pk).action == "test.acted"


def test_the_database_refuses_to_delete_a_young_event() -> None:
    event = recorded(days_ago=2000)
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    assert Event.objects.filter(pk=event.pk).exists()


def test_address_and_browser_may_be_dropped_and_a_very_old_event_may_go() -> None:
    event = recorded()
    Event.objects.filter(pk=event.pk).update(ip=None, user_agent="")
    recorded(days_ago=7 * 365).delete()
    assert not Event.objects.filter(action="test.old", at__lt=clock.now() - timedelta(days=2500)).exists()


def test_addresses_and_browsers_are_forgotten_after_their_time() -> None:
    aged = Event.objects.create(
        action="test.aged", result="done", ip="192.0.2.3", user_agent="B", at=clock.now() - timedelta(days=91)
    )
    young = recorded()
    assert forget_origins(clock.now() - timedelta(days=90)) == 1
    assert Event.objects.get(pk=aged.pk).ip is None
    assert Event.objects.get(pk=young.pk).ip == "192.0.2.1"


def test_the_origin_of_a_request_is_its_address_and_browser() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="B" * 500)
    origin = origin_of(request)
    assert origin.ip == "192.0.2.7"
    assert len(origin.user_agent) == 200


def test_an_address_that_a_client_claims_is_not_believed_without_a_proxy_of_ours() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert origin_of(request).ip == "192.0.2.7"


def test_what_a_vendor_is_told_about_an_account_is_written_down() -> None:
    told = Disclosure("mailgun", "send an email", ("email addresses",), 120, "account", "letter 1")
    AccountLedger().record(told)
    row = Row.objects.latest("pk")
    assert (row.vendor, row.categories, row.bytes) == ("mailgun", ["email addresses"], 120)
