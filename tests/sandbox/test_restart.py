"""kill -9: what a vendor has answered, it still knows; what it had to do, it still does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.testing import free_port, start_sandbox
from tests.sandbox.conftest import ANA, OURS, mailgun_client, twilio_client
from tests.sandbox.listener import Listener
from tests.sandbox.test_mailgun import send

pytestmark = pytest.mark.kill


def test_a_killed_sandbox_goes_on_where_it_was(state_dir: Path, listener: Listener) -> None:
    with start_sandbox(state_dir, "--pace", "0.6", "--number", f"{OURS}={listener.url('/sms')}") as sandbox:
        sent = twilio_client(sandbox).messages.create(
            to=ANA, from_=OURS, body="before", status_callback=listener.url("/status")
        )
        with mailgun_client(sandbox) as mailgun:
            send(mailgun)
        sandbox.answer(ANA, to=OURS, body="STOP")
        sandbox.kill()
        sandbox.start()
        sandbox.settle()
        assert twilio_client(sandbox).messages(sent.sid).fetch().status == "delivered"
        assert sandbox.mails(to="ana@example.com")[0]["states"] == {"ana@example.com": "delivered"}
        assert sandbox.get("/_state/twilio/opt_outs") == [{"ours": OURS, "person": ANA}]
        assert [number["phone"] for number in sandbox.get("/_state/twilio/numbers")] == [OURS]
    states = [call.form["MessageStatus"] for call in listener.calls if call.path == "/status"]
    assert states == ["sent", "delivered"]
    assert "/sms" in [call.path for call in listener.calls]


def test_nothing_answered_is_lost_at_any_moment(state_dir: Path) -> None:
    with start_sandbox(state_dir, "--pace", "0.01", "--number", OURS) as sandbox:
        answered = set()
        for number in range(3):
            twilio = twilio_client(sandbox)
            answered |= {twilio.messages.create(to=ANA, from_=OURS, body=f"{number}").sid for _ in range(8)}
            sandbox.kill()
            sandbox.start()
        sandbox.settle()
        texts = sandbox.texts(person=ANA)
        assert {text["sid"] for text in texts} == answered
        assert {text["status"] for text in texts} == {"delivered"}


def test_a_reset_forgets_all_but_the_numbers_it_was_started_with(state_dir: Path) -> None:
    with start_sandbox(state_dir, "--pace", "0.01", "--number", OURS) as sandbox:
        twilio_client(sandbox).messages.create(to=ANA, from_=OURS, body="Hello")
        sandbox.faults({"kind": "refuse"})
        sandbox.reset()
        assert (sandbox.texts(), sandbox.get("/_faults")) == ([], [])
        assert [number["phone"] for number in sandbox.get("/_state/twilio/numbers")] == [OURS]


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sandbox", *options]
    return subprocess.run(  # our own program
        command, capture_output=True, text=True, timeout=60, check=False
    )


def test_only_this_machine_is_served_and_called(state_dir: Path) -> None:
    port, state = str(free_port()), str(state_dir)
    for options, words in (
        (("--host", "0.0.0.0"), "serves 127.0.0.1 and nothing else"),  # noqa: S104  # what is refused
        (("--deliver-to", "https://example.com"), "calls this machine and nothing else"),
        (("--number", "+18455550100=http://10.0.0.1/"), "calls this machine and nothing else"),
        (("--number", "0142"), "not a number"),
    ):
        ended = run("--port", port, "--state", state, *options)
        assert (ended.returncode, words in ended.stderr) == (2, True), ended.stderr


def test_port_and_state_are_not_shared(state_dir: Path, tmp_path: Path) -> None:
    with start_sandbox(state_dir) as sandbox:
        taken = run("--port", str(sandbox.port), "--state", str(tmp_path / "other"))
        assert (taken.returncode, taken.stderr) == (1, f"sandbox: port {sandbox.port} is taken\n")
        used = run("--port", str(free_port()), "--state", str(state_dir))
        assert (used.returncode, "Another sandbox is using" in used.stderr) == (1, True)
