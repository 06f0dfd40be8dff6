"""Nothing of what people write, and no number, address or key, comes into a log; whatever the log's level."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from opsystem.vendors.errors import GatewayError
from tests.vendors.calls import SAMPLES, Sample, json_answer
from tests.vendors.ledgers import KeepingLedger
from tests.vendors.servers import Answer, closed_port, running

PRIVATE = [
    "4155550100",
    "5005550006",
    "Bob comes",
    "ana@",
    "Tuesday free",
    "a1@mg",
    "sk-ant",
    "key-of-the-tests",
]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
@pytest.mark.parametrize("end", ["success", "400", "cut", "nobody"])
def test_no_log_tells_what_was_sent(
    sample: Sample, end: str, ledger: KeepingLedger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = {
        "success": sample.success,
        "400": json_answer({}, 400),
        "cut": Answer(status=0, behaviour="cut"),
    }
    with running(answers.get(end, sample.success)) as server:
        url = closed_port() if end == "nobody" else server.url
        with contextlib.suppress(GatewayError):
            sample.make(url, ledger, None)
    assert [words for words in PRIVATE if words in caplog.text] == []


def test_the_sdks_own_switch_for_logging_is_without_effect(tmp_path: Path) -> None:
    script = (
        "import logging; logging.basicConfig(level=logging.DEBUG)\n"
        "from tests.vendors.calls import SAMPLES\n"
        "from tests.vendors.ledgers import KeepingLedger\n"
        "from tests.vendors.servers import running\n"
        "for sample in SAMPLES:\n"
        "    with running(sample.success) as server:\n"
        "        sample.make(server.url, KeepingLedger(), None)\n"
    )
    environment = {**os.environ, "ANTHROPIC_LOG": "debug", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout + done.stderr
    assert [words for words in PRIVATE if words in said] == []
