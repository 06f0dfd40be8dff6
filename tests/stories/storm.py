"""A story told while processes are killed: several clients at once, each a step further when it can."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.product import Client, Product


class Killer:
    """kill -9 for site and worker, at once or at random from a thread, and the start of their next."""

    def __init__(self, product: Product, seed: int) -> None:
        self.product = product
        self.kills: list[str] = []
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self.failed: list[BaseException] = []

    def kill(self, *names: str) -> None:
        """Kill these together and start them again."""
        with self._lock:
            for name in names:
                self.product.stack.kill(name)
                self.kills.append(name)
            for name in names:
                self.product.stack.start(name, seconds=120)

    def rage(self, kills: int) -> None:
        """Kill at random moments from now on, so many times."""

        def strike() -> None:
            try:
                for _ in range(kills):
                    if self._over.wait(self._random.uniform(0.2, 2.5)):
                        return
                    # The worker comes back in a moment; the site takes some seconds.
                    self.kill(
                        *self._random.choice([("worker",), ("worker",), ("worker",), ("web", "worker")])
                    )
            except BaseException as error:
                self.failed.append(error)
                raise

        self._thread = threading.Thread(target=strike)
        self._thread.start()

    def calm(self) -> None:
        """Wait until the last strike is over."""
        if self._thread is not None:
            self._thread.join(300)
        assert self.failed == []

    def end(self) -> None:
        """Strike no more."""
        self._over.set()
        self.calm()


@dataclass
class Tale:
    """One client's story: a question, a proposal, an approval, a text, an answer."""

    client: Client
    ref: str
    name: str
    phone: str
    steps: list[str] = field(default_factory=list)
    conversation: str = ""
    proposal: dict[str, Any] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ways: dict[str, Callable[[], bool]] = {
            "asked": self._ask,
            "proposed": self._find_proposal,
            "approved": self._approve,
            "sent": self._is_sent,
            "answered": self._answer,
            "heard": self._is_heard,
        }

    @property
    def body(self) -> str:
        """The words that were approved: no others may be sent."""
        return f"{self.proposal['arguments']['body']} ({self.name})"

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end."""
        return len(self.steps) == len(self._ways)

    def go_on(self) -> str:
        """Go one step further if it can be gone now; return the step's name, empty for none."""
        step = list(self._ways)[len(self.steps)]
        try:
            done = self._ways[step]()
        except requests.RequestException:
            # Whoever should have answered is dead: asked again with the same key.
            return ""
        if done:
            self.steps.append(step)
        return step if done else ""

    def _call(self, name: str, key: str = "", **given: Any) -> Any:
        answer = self.client.post(name, key=key and f"{key}-{self.ref}", **given)
        if answer.status_code >= 500:
            raise requests.ConnectionError("the site is on its way down or up")
        assert answer.status_code == 200, f"{name}: {answer.status_code} {answer.text[:300]}"
        return answer.json()["value"]

    def _ask(self) -> bool:
        question = f"text {self.name} that Bob comes tomorrow between 9 and 10"
        self.conversation = self._call("ask", "ask", question=question)["conversation"]
        return True

    def _find_proposal(self) -> bool:
        rows = self._call("list_proposals", conversation=self.conversation)["rows"]
        if rows:
            [self.proposal] = rows
        return bool(rows)

    def _approve(self) -> bool:
        shown = self.proposal
        self._call(
            "edit_proposal",
            "decide",
            proposal=shown["ref"],
            arguments_hash=shown["arguments_hash"],
            arguments={**shown["arguments"], "body": self.body},
        )
        return True

    def _is_sent(self) -> bool:
        return bool(self.client.product.texts(self.phone))

    def _answer(self) -> bool:
        """Answer as the client; a person whose text did not get through texts again."""
        product = self.client.product
        body = f"The code of {self.name} is {len(self.answers)}"
        ours = product.texts(self.phone)[0]["from"]
        sid = product.sandbox(f"/_state/phones/{self.phone}/answer", to=ours, body=body)["sid"]
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            calls = self._calls(sid)
            if any(call["status"] == 200 for call in calls):
                self.answers.append(body)
                return True
            if calls and not any(call["waiting"] for call in calls):
                return False
            time.sleep(0.1)
        return False

    def _calls(self, sid: str) -> list[dict[str, Any]]:
        found = self.client.product.sandbox("/_state/callbacks")
        return [call for call in found if call["subject"] == sid]

    def _is_heard(self) -> bool:
        rows = self._call("list_threads", text=self.phone)["rows"]
        if not rows:
            return False
        messages = self._call("show_thread", thread=rows[0]["ref"])["messages"]
        return set(self.answers) <= {one["body"] for one in messages}
