"""Trying again: seldom, shortly, and only while nobody has seen anything."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from opsystem.vendors.retry import seconds_of, with_retries

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def _busy(retry_after: float | None = None, retryable: bool = True) -> GatewayError:
    return GatewayError(
        "anthropic", Trouble.BUSY, certainty=Certainty.NOT_SENT, retryable=retryable, retry_after=retry_after
    )


class _Failing:
    def __init__(self, *errors: GatewayError) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def test_two_failures_are_survived() -> None:
    call = _Failing(_busy(), _busy())
    assert with_retries(call, may_repeat=lambda: True) == "done"
    assert call.calls == 3


def test_the_third_failure_is_raised() -> None:
    call = _Failing(_busy(), _busy(), _busy(), _busy())
    with pytest.raises(GatewayError):
        with_retries(call, may_repeat=lambda: True)
    assert call.calls == 3


def test_a_pause_asked_for_is_kept() -> None:
    before = time.monotonic()
    with_retries(_Failing(_busy(retry_after=0.7)), may_repeat=lambda: True)
    assert time.monotonic() - before >= 0.7


@pytest.mark.parametrize("error", [_busy(retry_after=21), _busy(retry_after=4e6), _busy(retryable=False)])
def test_a_long_pause_or_a_clear_no_is_raised_at_once(error: GatewayError) -> None:
    before = time.monotonic()
    call = _Failing(error)
    with pytest.raises(GatewayError) as caught:
        with_retries(call, may_repeat=lambda: True)
    assert caught.value is error
    assert call.calls == 1
    assert time.monotonic() - before < 0.3


def test_nothing_is_repeated_once_something_was_seen() -> None:
    call = _Failing(_busy())
    with pytest.raises(GatewayError):
        with_retries(call, may_repeat=lambda: False)
    assert call.calls == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("12", 12.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read(header: str | None, seconds: float | None) -> None:
    assert seconds_of(header, NOW) == seconds
