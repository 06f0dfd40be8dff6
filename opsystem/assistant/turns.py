"""One turn: ask Claude, perform what it calls for, ask on, until it has answered.

Where a turn stands is read from its transcript, so any worker can go on with it at any point.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from opsystem.assistant import transcript
from opsystem.assistant.events import Words, tell
from opsystem.assistant.labels import icon_of, label_of, summary_of
from opsystem.assistant.performing import Performed, perform_call
from opsystem.assistant.prompt import situation, system_blocks
from opsystem.assistant.tools import tools_for
from opsystem.business.asking.models import Proposal, Turn
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.vault.disclosures import DisclosureLedger
from opsystem.vendors import anthropic
from opsystem.vendors.errors import GatewayError

_LOG = logging.getLogger(__name__)
MOST_CALLS = 12
MOST_TRIES = 5
MOST_EARLIER_TURNS = 12
_MAX_TOKENS = 4_000
_FIRST_WAIT = timedelta(seconds=5)
_SORRY = {
    "refusal": "Claude declined to answer this. You can do it yourself on the page it is about.",
    "max_tokens": "The answer became too long and was cut.",
}


class LetGo(Exception):
    """The worker has to let go of the turn: somebody goes on with it later."""


class StopAsked(Exception):
    """The person asked to stop; the stream ends at once."""


class TurnRun:
    """A turn in the hands of a worker."""

    def __init__(self, vault: Vault, turn: Turn, actor: Actor, zone: str, keep: Callable[[], bool]) -> None:
        self.vault = vault
        self.turn = turn
        self.person = actor
        self.zone = zone
        self.keep = keep

    @property
    def actor(self) -> Actor:
        """Claude, acting for the person who asks."""
        return self.person.assistant(self.turn.id, tainted=self.turn.tainted)

    def go(self) -> None:
        """Go on with the turn as far as it goes: to its end, or to a decision it waits for."""
        try:
            self._steps()
        except StopAsked:
            self._end("stopped")
        except transcript.Overtaken as overtaken:
            raise LetGo from overtaken

    def _steps(self) -> None:
        said = transcript.of_turn(self.vault, self.turn.id)
        if not said:
            self._begin()
        for _ in range(MOST_CALLS):
            self._check()
            said = transcript.of_turn(self.vault, self.turn.id)
            last = said[-1]
            if last.role == "user":
                self._ask_claude(len(said))
            elif last.calls:
                if not self._perform(last.calls, len(said)):
                    return
            else:
                self._end("done")
                return
        self._end("failed", problem="This took more steps than one question may. Ask for less at once.")

    def _check(self) -> None:
        with self.vault.reading() as session:
            turn = session.get_one(Turn, self.turn.id)
        if turn.stop_asked_at is not None:
            raise StopAsked
        if not self.keep():
            raise LetGo

    def _begin(self) -> None:
        """Write the question down as it goes over the wire, with when and where it was asked."""
        said = situation(self.person, self.zone, self.turn.created_at, self.turn.screen)
        content = [
            {"type": "text", "text": f"[{said}]"},
            {"type": "text", "text": self.turn.question},
        ]
        with self.vault.mechanics() as session:
            system = json.dumps(system_blocks(self.vault), ensure_ascii=False)
            # What was read from outside is read again with every question that follows.
            self.turn.tainted = transcript.heard_outsiders(session, self.turn, MOST_EARLIER_TURNS)
            self._set(session, state="running", system=system, tainted=self.turn.tainted)
            transcript.append(session, self.turn.id, "user", content, after=0)
            tell(session, self.turn, "turn.start")

    def _ask_claude(self, after: int) -> None:
        told = installation()
        words = Words(self.vault, self.turn, self._check)
        message = anthropic.stream_message(
            told.anthropic,
            model=told.anthropic_model,
            system=self._system(),
            messages=transcript.of_conversation(self.vault, self.turn, MOST_EARLIER_TURNS),
            tools=tools_for(self.actor),
            max_tokens=_MAX_TOKENS,
            ledger=DisclosureLedger(self.vault),
            ref=f"turn {self.turn.id}",
            initiator=f"assistant for U-{self.turn.member_id}",
            on_text=words.take,
            options={"cache_control": {"type": "ephemeral"}},
        )
        words.write()
        self._take(message, after)

    def _system(self) -> list[dict[str, Any]]:
        """Return the system prompt of this turn: thinking is bound to it, so it stays for all its calls."""
        with self.vault.reading() as session:
            kept: list[dict[str, Any]] = json.loads(session.get_one(Turn, self.turn.id).system or "[]")
        return kept

    def _take(self, message: anthropic.FinalMessage, after: int) -> None:
        """Write a whole answer down: the wire's blocks, the words for the page, what it cost."""
        usage = message.usage
        read = usage.cache_read_tokens + usage.cache_write_5m_tokens + usage.cache_write_1h_tokens
        with self.vault.mechanics() as session:
            blocks = [dict(block) for block in message.blocks] or [{"type": "text", "text": "…"}]
            transcript.append(session, self.turn.id, "assistant", blocks, after=after)
            if message.text.strip():
                tell(session, self.turn, "text", text=message.text)
            if message.stop_reason in _SORRY:
                tell(session, self.turn, "text", text=_SORRY[message.stop_reason])
            self._set(
                session,
                model=message.model,
                tokens_in=Turn.tokens_in + usage.input_tokens + read,
                tokens_out=Turn.tokens_out + usage.output_tokens,
                tries=0,
            )

    def _perform(self, calls: list[dict[str, Any]], after: int) -> bool:
        """Perform the calls of an answer; False when a person has to decide about some of them first."""
        results = []
        waiting = False
        for call in calls:
            self._check()
            performed = self._perform_one(call)
            if performed.text is None:
                waiting = True
                continue
            result = {"type": "tool_result", "tool_use_id": call["id"], "content": performed.text}
            results.append({**result, "is_error": True} if performed.failed else result)
        with self.vault.mechanics() as session:
            if not waiting:
                transcript.append(session, self.turn.id, "user", results, after=after)
                return True
            # Under the write lock: a decision made meanwhile is seen here, or sees that the turn waits.
            pending = session.scalar(
                select(func.count()).where(Proposal.turn_id == self.turn.id, Proposal.state == "pending")
            )
            if pending:
                self._set(session, state="waiting", due_at=None)
            return not pending

    def _perform_one(self, call: dict[str, Any]) -> Performed:
        label, icon = label_of(call), icon_of(call)
        with self.vault.mechanics() as session:
            tell(session, self.turn, "tool.start", key=call["id"], label=label, icon=icon)
        performed = perform_call(self.vault, self.turn, self.actor, call)
        with self.vault.mechanics() as session:
            if performed.proposal is not None:
                tell(session, self.turn, "approval", key=call["id"], proposal=performed.proposal)
            else:
                summary = summary_of(performed.text or "", failed=performed.failed)
                tell(
                    session, self.turn, "tool.done", key=call["id"], summary=summary, failed=performed.failed
                )
            if performed.tainted and not self.turn.tainted:
                self.turn.tainted = True
                self._set(session, tainted=True)
        return performed

    def _end(self, state: str, problem: str | None = None) -> None:
        with self.vault.mechanics() as session:
            self._set(session, state=state, problem=problem, due_at=None, ended_at=clock.now())
            tell(session, self.turn, "turn.end", state=state, problem=problem)

    def give_up(self, problem: str) -> None:
        """End the turn without an answer."""
        self._end("failed", problem=problem)

    def trouble(self, error: GatewayError) -> None:
        """Write down that Claude could not be asked: try again later, or give up and say so."""
        _LOG.warning("assistant.trouble", extra={"trouble": str(error.trouble), "tries": self.turn.tries})
        if not error.retryable or self.turn.tries + 1 >= MOST_TRIES:
            self._end("failed", problem=error.message)
            return
        wait = _FIRST_WAIT * 2**self.turn.tries
        if error.retry_after is not None:
            wait = max(wait, timedelta(seconds=error.retry_after))
        with self.vault.mechanics() as session:
            self._set(session, tries=self.turn.tries + 1, due_at=clock.now() + wait)
            tell(session, self.turn, "notice", text="Claude is busy. It will go on by itself in a moment.")

    def fault(self) -> None:
        """Put the turn off after something unexpected, so that it does not hold up the others for ever."""
        if self.turn.tries + 1 >= MOST_TRIES:
            self._end("failed", problem="Something broke on our side. Please ask again.")
            return
        with self.vault.mechanics() as session:
            wait = _FIRST_WAIT * 2**self.turn.tries
            self._set(session, tries=self.turn.tries + 1, due_at=clock.now() + wait)

    def _set(self, session: Session, **values: Any) -> None:
        session.execute(update(Turn).where(Turn.id == self.turn.id).values(**values))
