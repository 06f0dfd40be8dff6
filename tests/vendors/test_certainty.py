"""What is certain after a send went wrong: the one question on which sending twice depends."""

from __future__ import annotations

import pytest

from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from tests.vendors.calls import SAMPLES, SENDS, Sample, json_answer
from tests.vendors.ledgers import KeepingLedger
from tests.vendors.servers import Answer, running

every_send = pytest.mark.parametrize("sample", SENDS, ids=str)
NOT_SENT, REFUSED, UNKNOWN = Certainty.NOT_SENT, Certainty.REFUSED, Certainty.UNKNOWN
ERROR = {"code": 20001, "message": "no", "more_info": "", "status": 400}


def _failure(sample: Sample, answer: Answer, ledger: KeepingLedger) -> GatewayError:
    with running(answer, sample.success) as server:
        with pytest.raises(GatewayError) as caught:
            sample.make(server.url, ledger, None)
        assert len(server.received) == 1, "a send is never repeated by its gateway"
    assert len(ledger.rows) == 1
    return caught.value


@every_send
@pytest.mark.parametrize(
    ("status", "trouble", "certainty", "retryable"),
    [
        (400, Trouble.REJECTED, REFUSED, False),
        (401, Trouble.BAD_KEY, REFUSED, True),
        (402, Trouble.PAYMENT, REFUSED, True),
        (403, Trouble.BAD_KEY, REFUSED, False),
        (404, Trouble.NOT_FOUND, REFUSED, False),
        (408, Trouble.TIMEOUT, UNKNOWN, True),
        (413, Trouble.REJECTED, REFUSED, False),
        (422, Trouble.REJECTED, REFUSED, False),
        (429, Trouble.BUSY, NOT_SENT, True),
        (500, Trouble.BROKEN, UNKNOWN, True),
        (502, Trouble.BROKEN, UNKNOWN, True),
        (503, Trouble.BROKEN, UNKNOWN, True),
        (504, Trouble.BROKEN, UNKNOWN, True),
        (303, Trouble.REDIRECTED, UNKNOWN, False),
        (302, Trouble.REDIRECTED, REFUSED, False),
    ],
)
def test_a_status_says_what_is_certain(
    sample: Sample,
    status: int,
    trouble: Trouble,
    certainty: Certainty,
    retryable: bool,
    ledger: KeepingLedger,
) -> None:
    error = _failure(sample, json_answer(ERROR, status), ledger)
    assert (error.trouble, error.certainty, error.retryable) == (trouble, certainty, retryable)
    assert error.status == status


@every_send
@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Answer(status=0, behaviour="silent"), Trouble.TIMEOUT),
        (Answer(status=200, pieces=(b'{"sid"',), behaviour="silent"), Trouble.TIMEOUT),
        (Answer(status=0, behaviour="cut"), Trouble.CUT),
        (Answer(status=0, behaviour="close"), Trouble.CUT),
        (Answer(status=200, pieces=(b'{"sid"',), behaviour="cut"), Trouble.CUT),
        (Answer(status=200, pieces=(b"<html>not JSON",)), Trouble.GARBLED),
        (Answer(status=200, pieces=(b"[]",)), Trouble.GARBLED),
        (Answer(status=200, pieces=(b"",)), Trouble.GARBLED),
    ],
    ids=["silence", "silence in body", "reset", "close", "reset in body", "html", "list", "empty"],
)
def test_a_lost_answer_leaves_it_unknown(
    sample: Sample, answer: Answer, trouble: Trouble, ledger: KeepingLedger
) -> None:
    error = _failure(sample, answer, ledger)
    assert error.certainty is UNKNOWN
    # A time-out in the middle of a body comes out of `requests` as a broken connection.
    assert error.trouble is trouble or {error.trouble, trouble} == {Trouble.TIMEOUT, Trouble.CUT}


@every_send
def test_the_pause_that_a_vendor_asks_for_is_handed_on(sample: Sample, ledger: KeepingLedger) -> None:
    error = _failure(sample, json_answer(ERROR, 429, **{"Retry-After": "120"}), ledger)
    assert error.retry_after == 120.0


def test_a_recipient_who_said_stop_is_told_apart(ledger: KeepingLedger) -> None:
    stopped = {
        "code": 21610,
        "message": "Attempt to send to unsubscribed recipient +14155550100",
        "status": 400,
    }
    error = _failure(SAMPLES[0], json_answer(stopped, 400), ledger)
    assert (error.trouble, error.certainty, error.retryable) == (Trouble.OPTED_OUT, REFUSED, False)
    assert error.vendor_code == "21610"


@every_send
def test_the_vendors_words_are_not_kept(sample: Sample, ledger: KeepingLedger) -> None:
    words = {
        "code": 21211,
        "message": "Invalid 'To' Phone Number: +14155550100, ana@example.net",
        "status": 400,
    }
    error = _failure(sample, json_answer(words, 400), ledger)
    for text in (str(error), repr(error), str(error.as_dict())):
        assert "4155550100" not in text
        assert "ana@" not in text
