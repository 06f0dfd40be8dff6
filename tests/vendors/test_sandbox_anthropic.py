"""The gateway to Claude against the sandbox, with faults by script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from opsystem.vendors.anthropic import (
    AnthropicConfig,
    FinalMessage,
    StreamBrokenError,
    list_models,
    stream_message,
)
from opsystem.vendors.errors import GatewayError, Trouble
from sandbox.testing import Running, start_sandbox
from tests.vendor_specs import Exchange, Specification
from tests.vendors.ledgers import KeepingLedger


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start_sandbox(tmp_path_factory.mktemp("sandbox"), "--record") as running:
        yield running


@pytest.fixture
def sandbox(process: Running) -> Iterator[Running]:
    """A sandbox without faults; afterwards every request is held against the vendor's description."""
    process.clear_faults()
    process.reset()
    yield process
    for record in process.get("/_state/exchanges") if Specification.is_at_hand() else []:
        exchange = Exchange.from_record(record)
        if exchange.status in range(200, 300):  # a fault by script answers before the body is read
            assert Specification.of(exchange.vendor).request_problems(exchange) == []


def _config(running: Running) -> AnthropicConfig:
    return AnthropicConfig("sk-ant-sandbox", running.anthropic_url, allow_loopback=True)


def _ask(
    running: Running, ledger: KeepingLedger, words: list[str] | None = None, **more: Any
) -> FinalMessage:
    call: dict[str, Any] = {
        "messages": [{"role": "user", "content": "Hello"}],
        "tools": [],
        "on_text": (words if words is not None else []).append,
        **more,
    }
    return stream_message(
        _config(running),
        model="claude-haiku-5-5",
        system="You answer for a plumber.",
        max_tokens=300,
        ledger=ledger,
        ref="T-7",
        initiator="U-2",
        **call,
    )


def test_a_greeting_is_answered(sandbox: Running, ledger: KeepingLedger) -> None:
    words: list[str] = []
    message = _ask(sandbox, ledger, words)
    assert message.stop_reason == "end_turn"
    assert message.text == "".join(words) != ""
    assert message.usage.output_tokens > 0
    assert message.request_id
    assert len(ledger.rows) == 1


def test_an_answer_can_be_given_back(sandbox: Running, ledger: KeepingLedger) -> None:
    first = _ask(sandbox, ledger)
    history = [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": [dict(block) for block in first.blocks]},
        {"role": "user", "content": "Thank you"},
    ]
    assert _ask(sandbox, ledger, messages=history).stop_reason == "end_turn"


def test_the_models_are_listed(sandbox: Running, ledger: KeepingLedger) -> None:
    models = list_models(_config(sandbox), ledger=ledger, ref="B-7", initiator="U-1")
    assert "claude-haiku-5-5" in {model.id for model in models}


def test_a_cut_stream_is_a_failure_with_the_words_so_far(sandbox: Running, ledger: KeepingLedger) -> None:
    sandbox.faults({"kind": "cut_stream", "vendor": "anthropic", "after_events": 4})
    words: list[str] = []
    with pytest.raises(StreamBrokenError) as caught:
        _ask(sandbox, ledger, words)
    assert caught.value.trouble is Trouble.CUT
    assert caught.value.text == "".join(words) != ""


def test_two_overloads_are_outlived(sandbox: Running, ledger: KeepingLedger) -> None:
    sandbox.faults({"kind": "status", "vendor": "anthropic", "status": 529, "count": 2})
    assert _ask(sandbox, ledger).stop_reason == "end_turn"
    assert len(ledger.rows) == 3


def test_a_long_pause_is_handed_on(sandbox: Running, ledger: KeepingLedger) -> None:
    sandbox.faults({"kind": "status", "vendor": "anthropic", "status": 429, "retry_after": 60})
    with pytest.raises(GatewayError) as caught:
        _ask(sandbox, ledger)
    assert (caught.value.trouble, caught.value.retry_after) == (Trouble.BUSY, 60.0)


def test_a_request_that_is_refused_is_not_repeated(sandbox: Running, ledger: KeepingLedger) -> None:
    nobody_asked = [{"type": "tool_result", "tool_use_id": "toolu_none", "content": "x"}]
    with pytest.raises(GatewayError) as caught:
        _ask(sandbox, ledger, messages=[{"role": "user", "content": nobody_asked}])
    assert (caught.value.trouble, caught.value.retryable) == (Trouble.REJECTED, False)
    assert len(ledger.rows) == 1
