"""Every request of every gateway, checked against the vendor's own description."""

from __future__ import annotations

import pytest

from tests.vendors.calls import SAMPLES, Sample
from tests.vendors.ledgers import KeepingLedger
from tests.vendors.servers import Received, running
from tests.vendors.specs import problems_of


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_request_is_as_the_vendor_describes_it(sample: Sample, ledger: KeepingLedger) -> None:
    with running(sample.success) as server:
        sample.make(server.url, ledger, None)
        (request,) = server.received
    problems = problems_of(sample.name.split()[0], request)
    # The file made from the SDK's types leaves these two lists out.
    absent = ["no such operation"] if request.path in ("/v1/disputes", "/v1/balance_transactions") else []
    assert problems == absent


def test_the_check_would_notice_a_wrong_request() -> None:
    body = b'{"model":"claude-haiku-5-5","messages":[],"max_tokens":1,"temperature":1}'
    request = Received("POST", "/v1/messages", "", {"content-type": "application/json"}, body)
    assert problems_of("anthropic", request) != []
