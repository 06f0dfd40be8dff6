"""Every trap of the stream: what ends badly is known as such, and half an answer never counts as one."""

from __future__ import annotations

import json
import time

import pytest

from opsystem.vendors.anthropic import StreamBrokenError, Usage
from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from tests.vendors.calls import END, START, TEXT, events, json_answer, stream
from tests.vendors.ledgers import KeepingLedger
from tests.vendors.servers import Answer, running
from tests.vendors.test_anthropic import TOOL, ask

OVERLOADED: dict[str, object] = {
    "type": "error",
    "error": {"type": "overloaded_error", "message": "Overloaded"},
}
GOOD = stream(*events(START, *TEXT, *END))
HALF_A_TOOL = stream(*events(START, *TOOL[:3]))


def _error(kind: str, status: int, code: str = "", **headers: str) -> Answer:
    error: dict[str, object] = {"type": kind, "message": "words of the vendor"}
    if code:
        error["details"] = {"error_code": code}
    return json_answer({"type": "error", "error": error, "request_id": "req_1"}, status, **headers)


def _broken(ledger: KeepingLedger, *answers: Answer) -> StreamBrokenError:
    words: list[str] = []
    with running(*answers) as server, pytest.raises(StreamBrokenError) as caught:
        ask(server.url, ledger, on_text=words.append)
    assert caught.value.text == "".join(words)
    return caught.value


def test_an_error_in_mid_stream_comes_with_status_200_and_is_known(ledger: KeepingLedger) -> None:
    error = _broken(ledger, stream(*events(START, *TEXT[:2], OVERLOADED)), GOOD)
    assert (error.trouble, error.retryable, error.vendor_code) == (
        Trouble.OVERLOADED,
        True,
        "overloaded_error",
    )
    assert (error.text, error.request_id) == ("Tuesday", "req_1")
    assert error.usage == Usage(12, 1, 300)
    assert len(ledger.rows) == 1, "what somebody has seen is not asked again"


def test_a_cut_stream_is_a_failure_though_the_helper_ends_quietly(ledger: KeepingLedger) -> None:
    error = _broken(ledger, stream(*events(START, *TEXT[:2])), GOOD)
    assert (error.trouble, error.retryable, error.certainty) == (Trouble.CUT, True, Certainty.UNKNOWN)


def test_half_a_tool_call_is_never_handed_out(ledger: KeepingLedger) -> None:
    with running(HALF_A_TOOL) as server, pytest.raises(StreamBrokenError) as caught:
        ask(server.url, ledger)
    assert caught.value.trouble is Trouble.CUT
    assert not hasattr(caught.value, "tool_calls")
    assert not hasattr(caught.value, "blocks")


def test_a_whole_tool_call_without_a_reason_to_stop_is_not_handed_out(ledger: KeepingLedger) -> None:
    with running(stream(*events(START, *TOOL))) as server, pytest.raises(StreamBrokenError):
        ask(server.url, ledger)


@pytest.mark.parametrize("reason", ["max_tokens", "refusal"])
def test_a_tool_call_that_was_cut_short_is_not_handed_out(reason: str, ledger: KeepingLedger) -> None:
    end = {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 5}}
    later = [{**one, "index": 1} for one in TOOL[:3]]
    with running(stream(*events(START, *TEXT, *later, end, {"type": "message_stop"}))) as server:
        message = ask(server.url, ledger)
    assert (message.stop_reason, message.tool_calls) == (reason, ())
    assert message.blocks == ({"type": "text", "text": "Tuesday works."},)


def test_a_reset_in_mid_stream_is_a_cut(ledger: KeepingLedger) -> None:
    error = _broken(ledger, stream(*events(START, *TEXT[:2]), behaviour="cut"), GOOD)
    assert error.trouble is Trouble.CUT


def test_silence_in_mid_stream_is_a_time_out(ledger: KeepingLedger) -> None:
    before = time.monotonic()
    error = _broken(ledger, stream(*events(START, *TEXT[:2]), behaviour="silent"), GOOD)
    assert (error.trouble, error.retryable) == (Trouble.TIMEOUT, True)
    assert time.monotonic() - before < 5


@pytest.mark.parametrize(
    "pieces",
    [
        (b"event: content_block_delta\ndata: {not json}\n\n",),
        events({"type": "content_block_delta", "index": 9, "delta": {"type": "text_delta", "text": "x"}}),
        events(START, {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta"}}),
    ],
    ids=["bad json", "delta without a block", "delta without text"],
)
def test_a_stream_that_cannot_be_read_is_a_failure(pieces: tuple[bytes, ...], ledger: KeepingLedger) -> None:
    seen = events(START, *TEXT[:2])
    assert _broken(ledger, stream(*seen, *pieces), GOOD).trouble is Trouble.GARBLED


def test_a_failure_that_nobody_has_seen_is_repeated(ledger: KeepingLedger) -> None:
    early = [stream(), stream(*events(START)), stream(*events(START, OVERLOADED))]
    for failure in early:
        with running(failure, GOOD) as server:
            assert ask(server.url, ledger).text == "Tuesday works."
            assert len(server.received) == 2
    assert len(ledger.rows) == 2 * len(early), "every attempt has its row"


def test_a_tool_call_that_was_announced_is_not_repeated(ledger: KeepingLedger) -> None:
    with running(HALF_A_TOOL, GOOD) as server:
        with pytest.raises(StreamBrokenError):
            ask(server.url, ledger)
        assert len(server.received) == 1


@pytest.mark.parametrize(
    ("answer", "trouble", "certainty"),
    [
        (_error("overloaded_error", 529), Trouble.OVERLOADED, Certainty.UNKNOWN),
        (_error("api_error", 500), Trouble.BROKEN, Certainty.UNKNOWN),
        (_error("timeout_error", 504), Trouble.TIMEOUT, Certainty.UNKNOWN),
        (_error("rate_limit_error", 429), Trouble.BUSY, Certainty.NOT_SENT),
        (Answer(503, pieces=(b"<html>",)), Trouble.BROKEN, Certainty.UNKNOWN),
        (Answer(status=0, behaviour="cut"), Trouble.CUT, Certainty.UNKNOWN),
        (Answer(status=0, behaviour="close"), Trouble.CUT, Certainty.UNKNOWN),
    ],
)
def test_a_passing_failure_is_tried_three_times(
    answer: Answer, trouble: Trouble, certainty: Certainty, ledger: KeepingLedger
) -> None:
    with running(answer) as server:
        with pytest.raises(GatewayError) as caught:
            ask(server.url, ledger)
        assert len(server.received) == 3
    assert (caught.value.trouble, caught.value.certainty, caught.value.retryable) == (
        trouble,
        certainty,
        True,
    )


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (_error("authentication_error", 401), Trouble.BAD_KEY),
        (_error("permission_error", 403), Trouble.BAD_KEY),
        (_error("billing_error", 402), Trouble.PAYMENT),
        (_error("not_found_error", 404), Trouble.NOT_FOUND),
        (_error("invalid_request_error", 400), Trouble.REJECTED),
        (_error("invalid_request_error", 413), Trouble.REJECTED),
        (_error("rate_limit_error", 429, "enforced_spend_limit_reached"), Trouble.PAYMENT),
        (Answer(403, pieces=(b"Forbidden",)), Trouble.BAD_KEY),
    ],
)
def test_a_clear_no_is_not_repeated(answer: Answer, trouble: Trouble, ledger: KeepingLedger) -> None:
    with running(answer) as server:
        with pytest.raises(GatewayError) as caught:
            ask(server.url, ledger)
        assert len(server.received) == 1
    assert (caught.value.trouble, caught.value.retryable) == (trouble, False)
    assert caught.value.certainty is Certainty.REFUSED
    assert "words of the vendor" not in str(caught.value)


def test_the_vendor_can_say_that_repeating_is_useless(ledger: KeepingLedger) -> None:
    with running(_error("api_error", 500, **{"x-should-retry": "false"})) as server:
        with pytest.raises(GatewayError):
            ask(server.url, ledger)
        assert len(server.received) == 1


@pytest.mark.parametrize("seconds", ["21", "4233600"])
def test_a_long_pause_is_handed_to_the_caller(seconds: str, ledger: KeepingLedger) -> None:
    before = time.monotonic()
    with running(_error("rate_limit_error", 429, **{"retry-after": seconds})) as server:
        with pytest.raises(GatewayError) as caught:
            ask(server.url, ledger)
        assert len(server.received) == 1
    assert caught.value.retry_after == float(seconds)
    assert time.monotonic() - before < 3


def test_a_short_pause_is_kept(ledger: KeepingLedger) -> None:
    before = time.monotonic()
    with running(_error("rate_limit_error", 429, **{"retry-after": "1"}), GOOD) as server:
        assert ask(server.url, ledger).text == "Tuesday works."
    assert time.monotonic() - before >= 1


def test_no_answer_at_all_is_a_time_out(ledger: KeepingLedger) -> None:
    with running(Answer(status=0, behaviour="silent")) as server:
        with pytest.raises(GatewayError) as caught:
            ask(server.url, ledger)
        assert json.loads(server.received[0].body)["stream"] is True
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.TIMEOUT, Certainty.UNKNOWN)
