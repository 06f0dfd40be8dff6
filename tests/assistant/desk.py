"""Asking Claude as the worker does it, step by step, in a real business of the installation."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import requests
from sqlalchemy import select, update

from opsystem.assistant import lane
from opsystem.business.asking.models import Block, Event, Proposal, Turn
from opsystem.business.profile.channels import assign_addresses
from opsystem.kit import clock
from opsystem.operations import CATALOGUE, Actor, Operation, Query
from opsystem.vault import Vault
from tests.lifecycle.office import Office

STORY = "text Mrs Alvarez that Bob comes tomorrow between 9 and 10 and ask about the gate code"


@dataclass
class Desk:
    """Somebody's desk: the vault, the person, and Claude behind it."""

    vault: Vault
    number: int
    alice: Actor
    bob: Actor
    sandbox_url: str

    def do(self, name: str, actor: Actor | None = None, /, **given: Any) -> Any:
        """Perform or ask by name, as Alice; return the value."""
        entry = CATALOGUE.get(name)
        if isinstance(entry, Query):
            return entry.ask(self.vault, actor or self.alice, given)
        assert isinstance(entry, Operation)
        return entry.perform(self.vault, actor or self.alice, given).value

    def ask(self, question: str, actor: Actor | None = None, **more: Any) -> int:
        """Put a question; return the turn's number. Nobody has looked at it yet."""
        turn: int = self.do("ask", actor, question=question, **more).turn
        return turn

    def work(self, keep: Callable[[], bool] = lambda: True) -> Any:
        """Let the worker look once."""
        return lane.run(self.vault, self.number, keep)

    def turn(self, number: int) -> Turn:
        """Return a turn as it is."""
        with self.vault.reading() as session:
            return session.get_one(Turn, number)

    def blocks(self, number: int) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return what went over the wire in a turn: who, and what."""
        with self.vault.reading() as session:
            rows = session.scalars(select(Block).where(Block.turn_id == number).order_by(Block.number))
            return [(row.role, json.loads(row.content)) for row in rows]

    def calls(self, number: int) -> list[str]:
        """Return the names of the tools called in a turn."""
        found = (block for role, content in self.blocks(number) if role == "assistant" for block in content)
        return [block["name"] for block in found if block["type"] == "tool_use"]

    def words(self, number: int) -> str:
        """Return the last words of an answer."""
        role, content = self.blocks(number)[-1]
        assert role == "assistant"
        return "".join(block.get("text", "") for block in content)

    def events(self, number: int, name: str) -> list[dict[str, Any]]:
        """Return the payloads of what the page was shown, of one name."""
        with self.vault.reading() as session:
            rows = session.scalars(
                select(Event).where(Event.turn_id == number, Event.name == name).order_by(Event.id)
            )
            return [json.loads(row.payload) for row in rows]

    def proposals(self) -> list[Proposal]:
        """Return every proposal there is."""
        with self.vault.reading() as session:
            return list(session.scalars(select(Proposal).order_by(Proposal.id)))

    def rows(self, name: str) -> list[Any]:
        """Return every row of a table."""
        table = self.vault.schema.metadata.tables[name]
        with self.vault.reading() as session:
            return list(session.execute(select(table).order_by(table.c.id)))

    def hurry(self, number: int) -> None:
        """Let a turn that waits for its next try be due now."""
        with self.vault.mechanics() as session:
            due = clock.now() - timedelta(seconds=1)
            session.execute(
                update(Turn).where(Turn.id == number, Turn.due_at.is_not(None)).values(due_at=due)
            )

    def decide(self, verb: str, **more: Any) -> Any:
        """Decide about the newest proposal."""
        row = self.proposals()[-1]
        shown = {} if verb == "reject_proposal" else {"arguments_hash": row.arguments_hash}
        return self.do(verb, proposal=row.ref, **shown, **more)

    def obey(self) -> None:
        """From now on Claude does whatever any text orders."""
        address = f"{self.sandbox_url}/anthropic/_anthropic/mode"
        requests.post(address, json={"mode": "obedient"}, timeout=10).raise_for_status()

    def faults(self, *script: dict[str, Any]) -> None:
        """Add to what goes wrong at Anthropic."""
        said = [{"vendor": "anthropic", **fault} for fault in script]
        requests.post(f"{self.sandbox_url}/_faults", json=said, timeout=10).raise_for_status()

    def heal(self) -> None:
        """Let nothing go wrong any more."""
        requests.delete(f"{self.sandbox_url}/_faults", timeout=10).raise_for_status()


def new_desk(office: Office, sandbox_url: str) -> Desk:
    """Return the desk of a business that has one client, one technician and one visit."""
    bob = office.hire("Bob", "technician")
    desk = Desk(office.vault, office.number, office.actor(office.alice), office.actor(bob), sandbox_url)
    given = {"sms_number": "+18455550100", "mail_address": "gulf@mg.sandbox.test"}
    assign_addresses.perform(office.vault, Actor.system(), given)
    desk.do("add_client", name="Maria Alvarez", phone="(228) 555-0134", street="9 Elm St", city="Hurley")
    day = clock.local(clock.now(), "America/Chicago").date() + timedelta(days=1)
    booked = {"client": "C-1", "title": "Leak repair", "members": ["U-2"]}
    desk.do("book_job", **booked, starts_at=f"{day}T09:00:00")
    return desk
