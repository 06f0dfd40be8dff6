"""A sandbox process for the tests of a module, the vendors' own clients, and a listener for webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mailgun.client import Client as MailgunClient
from mailgun.config import RetryPolicy
from twilio.rest import Client as TwilioClient

from sandbox.testing import Running, start_sandbox
from tests.sandbox.listener import Listener, listening
from tests.vendor_specs import Exchange, Specification

Twilio = Any  # the SDK's annotations promise enumerations where its answers have texts
OURS = "+18455550100"
ANA = "+15185550142"


@pytest.fixture(scope="session")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start_sandbox(
        tmp_path_factory.mktemp("sandbox"), "--record", "--pace", "0.02", "--retry-pace", "0.01"
    ) as running:
        yield running


@pytest.fixture
def sandbox(process: Running) -> Iterator[Running]:
    """An empty sandbox; afterwards every exchange is held against the vendors' descriptions."""
    process.reset()
    yield process
    if Specification.is_at_hand():
        assert misfits(process) == []


def misfits(running: Running) -> list[str]:
    exchanges = [
        Exchange.from_record(record) for record in running.get("/_state/exchanges") if record["status"]
    ]
    return [
        problem
        for exchange in exchanges
        if "/events/" not in exchange.path  # pages of events have URLs that no description lists
        for problem in Specification.of(exchange.vendor).problems(exchange)
    ]


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as heard:
        yield heard


def twilio_client(running: Running, sid: str | None = None, token: str | None = None) -> Twilio:
    """Twilio's client with the account's own credentials, or with others."""
    client: Twilio = TwilioClient(  # type: ignore[no-untyped-call]
        sid or running.account_sid, token or running.auth_token
    )
    client.api.base_url = running.twilio_url
    return client


@pytest.fixture
def twilio(sandbox: Running) -> Twilio:
    """Twilio's client; the account owns OURS, whose texts nobody hears of."""
    client = twilio_client(sandbox)
    client.incoming_phone_numbers.create(phone_number=OURS)
    return client


def mailgun_client(running: Running) -> MailgunClient:
    policy = RetryPolicy(max_retries=0)
    return MailgunClient(auth=("api", running.mailgun_key), api_url=running.mailgun_url, retry_policy=policy)


@pytest.fixture
def mailgun(sandbox: Running) -> Iterator[MailgunClient]:
    with mailgun_client(sandbox) as client:
        yield client


@pytest.fixture
def state_dir(tmp_path: Path) -> Path:
    return tmp_path / "state"
