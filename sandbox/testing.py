"""A sandbox as a process of its own, for tests and the demo.

with start_sandbox(tmp_path, "--record") as sandbox:
    client.api.base_url = sandbox.twilio_url
    sandbox.answer("+18455550123", to="+18455550100", body="Yes")
    sandbox.settle()                       # until the vendors have done all they had to do
    sandbox.kill(); sandbox.start()        # kill -9, and again over the same state
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx2

from sandbox import settings as known

_ROOT = Path(__file__).resolve().parents[1]


class SandboxError(Exception):
    """The sandbox did not do what it was asked; the message has its own words."""


# Below the range from which the system gives ports to whoever asks for any, so that nobody is given one of
# ours between its choice and its use; test processes side by side choose from parts of their own.
_FIRST_PORT, _PORTS_A_PART = 12_000, 2_000


def free_port() -> int:
    """A port of this machine that nobody serves."""
    part = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 8
    first = _FIRST_PORT + part * _PORTS_A_PART
    while True:
        port = first + secrets.randbelow(_PORTS_A_PART)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def _new_client() -> httpx2.Client:
    """One client for all questions; no connection is kept, since the next one may go to another process."""
    return httpx2.Client(timeout=10, trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0))


@dataclass
class Running:
    """A sandbox process. The credentials are those it started with."""

    state_dir: Path
    port: int
    options: tuple[str, ...]
    account_sid: str = known.ACCOUNT_SID
    auth_token: str = known.AUTH_TOKEN
    mailgun_key: str = known.API_KEY
    signing_key: str = known.SIGNING_KEY
    mail_domain: str = known.MAIL_DOMAIN
    stripe_key: str = known.STRIPE_KEY
    stripe_webhook_secret: str = known.STRIPE_WEBHOOK_SECRET
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _client: httpx2.Client = field(default_factory=_new_client, repr=False)

    @property
    def base_url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def twilio_url(self) -> str:
        """What stands for https://api.twilio.com."""
        return f"{self.base_url}/twilio"

    @property
    def mailgun_url(self) -> str:
        """What stands for https://api.mailgun.net."""
        return f"{self.base_url}/mailgun"

    @property
    def stripe_url(self) -> str:
        """What stands for https://api.stripe.com."""
        return f"{self.base_url}/stripe"

    @property
    def anthropic_url(self) -> str:
        """What stands for https://api.anthropic.com."""
        return f"{self.base_url}/anthropic"

    def start(self, seconds: float = 20) -> None:
        """Start the process and wait until it serves."""
        command = [sys.executable, "-m", "sandbox", "--port", str(self.port), "--state", str(self.state_dir)]
        with (self.state_dir / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603  # our own program
                [*command, *self.options], cwd=_ROOT, stdout=output, stderr=output
            )
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                self.get("/_health")
            except httpx2.TransportError:
                time.sleep(0.05)
            else:
                return
        self.stop()
        raise SandboxError((self.state_dir / "output.txt").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """End the process and wait for it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9: what was answered must be there at the next start."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        self.process = None

    def get(self, path: str, **query: str) -> Any:
        """The JSON at a path."""
        return self._asked("GET", path, params=query)

    def post(self, path: str, said: object = None) -> Any:
        """Post JSON and give the JSON answer, None for none."""
        return self._asked("POST", path, json=said)

    def _asked(self, method: str, path: str, **options: Any) -> Any:
        answer = self._client.request(method, self.base_url + path, **options)
        if answer.status_code >= 400:
            raise SandboxError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None

    def faults(self, *script: dict[str, Any]) -> None:
        """Add to the script of faults."""
        self.post("/_faults", list(script))

    def clear_faults(self) -> None:
        """Empty the script of faults."""
        self._asked("DELETE", "/_faults")

    def texts(self, **query: str) -> list[dict[str, Any]]:
        """Texts at Twilio, filtered by `person`, `to`."""
        found: list[dict[str, Any]] = self.get("/_state/twilio/messages", **query)
        return found

    def mails(self, to: str = "") -> list[dict[str, Any]]:
        """Mails at Mailgun, or those in one person's mailbox."""
        found: list[dict[str, Any]] = self.get("/_state/mail", **({"to": to} if to else {}))
        return found

    def answer(self, person: str, *, to: str, body: str) -> str:
        """Send a text as a person and give its SID."""
        return str(self.post(f"/_state/phones/{person}/answer", {"to": to, "body": body})["sid"])

    def mail_in(self, sender: str, *, to: str, subject: str, text: str, in_reply_to: str = "") -> str:
        """Send a mail as a person and give its message id."""
        said = {"from": sender, "to": to, "subject": subject, "text": text, "in_reply_to": in_reply_to}
        return str(self.post("/_state/mail/inbound", said)["message_id"])

    def payments(self) -> list[dict[str, Any]]:
        """Payments at Stripe, the newest first."""
        found: list[dict[str, Any]] = self.get("/_state/stripe/payments")
        return found

    def at_stripe(self, payment: str, what: str, cents: int | None = None) -> None:
        """Do with a payment what is done at Stripe itself: refund, dispute, win, lose, settle, fail."""
        self.post(f"/_state/stripe/payments/{payment}/{what}" + (f"?cents={cents}" if cents else ""))

    def pay(self, url: str, number: str = "4242424242424242") -> str:
        """Type a number on a page of Stripe's and press the button; return where the browser is sent."""
        answer = self._client.post(url, data={"number": number})
        if answer.status_code != 303:
            raise SandboxError(f"not taken: {answer.status_code}")
        return answer.headers["location"]

    def complete_account(self, url: str, what: str = "all") -> None:
        """Complete an account on Stripe's page, as its owner: all, some or leave."""
        self._client.post(url, data={"do": what})

    def settle(self, seconds: float = 15) -> None:
        """Wait until no vendor has anything left to do."""
        end = time.monotonic() + seconds
        while (pending := self.get("/_state/pending")) != {"jobs": 0, "callbacks": 0}:
            if time.monotonic() > end:
                raise SandboxError(f"still to do after {seconds} s: {pending}")
            time.sleep(0.02)

    def reset(self) -> None:
        """Forget everything."""
        self.post("/_reset")

    def __enter__(self) -> Self:
        """Hand the running sandbox to a `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()


def start_sandbox(state_dir: Path, *options: str, port: int | None = None) -> Running:
    """Start a sandbox over `state_dir` with options of `python -m sandbox`, on a free port."""
    state_dir.mkdir(parents=True, exist_ok=True)
    running = Running(state_dir, port or free_port(), options)
    running.start()
    return running
