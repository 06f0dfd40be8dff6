"""The questions on the product's own tools and a real vault: the rules read what it really answers."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from opsystem.assistant.tools import tools_for
from opsystem.business.nouns import CATALOGUE
from opsystem.business.profile.channels import assign_addresses
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.operations import Actor, Operation, Query, Role
from opsystem.vault import Vault
from sandbox.anthropic.planner.engine import plan_reply
from sandbox.anthropic.questions import QUESTIONS
from sandbox.anthropic.reply import Called, Said
from sandbox.anthropic.request.body import Body
from tests.business.opening import ALICE, joined, open_business
from tests.sandbox.anthropic import office
from tests.sandbox.anthropic.wire import body

ZONE = "America/Chicago"


class Desk:
    """Alice at her vault, asking the rules; calls are performed as the product performs them."""

    def __init__(self, vault: Vault, actor: Actor) -> None:
        self.vault = vault
        self.actor = actor
        self.tools: list[dict[str, Any]] = tools_for(actor)
        self.today: date = clock.local(clock.now(), ZONE).date()
        self.done: list[tuple[str, str]] = []

    def perform(self, operation: str, **given: Any) -> Any:
        """One operation by name; its JSON."""
        entry = CATALOGUE.get(operation)
        if isinstance(entry, Query):
            return entry.as_json(entry.ask(self.vault, self.actor, given))
        assert isinstance(entry, Operation)
        done = entry.perform(self.vault, self.actor, given)
        return {"status": "done", "result": entry.as_json(done.value)}

    def ask(self, words: str) -> str:
        """Ask, perform every call, and return the last words."""
        situation = f'[{{"now": "{self.today}T14:05", "zone": "{ZONE}", "role": "owner"}}]\n'
        messages: list[dict[str, Any]] = [{"role": "user", "content": f"{situation}{words}"}]
        self.done = []
        for _ in range(8):
            sent = body(messages=messages, tools=self.tools, system="Business: Gulf Plumbing")
            reply = plan_reply(Body.model_validate(sent))
            calls = [block for block in reply.blocks if isinstance(block, Called)]
            if not calls:
                return "".join(block.text for block in reply.blocks if isinstance(block, Said))
            messages.append({"role": "assistant", "content": [called.wire() for called in calls]})
            messages.append({"role": "user", "content": [self._result(called) for called in calls]})
        raise AssertionError(f"no end: {words}")

    def _result(self, called: Called) -> dict[str, Any]:
        schema = next(tool["input_schema"] for tool in self.tools if tool["name"] == called.name)
        problems = [error.message for error in Draft202012Validator(schema).iter_errors(called.input)]
        assert problems == [], (called.name, called.input)
        result = {"type": "tool_result", "tool_use_id": called.id}
        try:
            text = json.dumps(self.perform(called.name, **called.input))
        except Problem as problem:
            self.done.append((called.name, str(problem)))
            return {**result, "content": json.dumps(problem.as_dict()), "is_error": True}
        self.done.append((called.name, text))
        return {**result, "content": text}


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """Alice's business with Mrs Alvarez, Bob, a visit tomorrow at nine and one last month."""
    with open_business(tmp_path, "Gulf Plumbing", ALICE) as vault:
        joined(vault, "Bob Tran", Role.TECHNICIAN, "acc-bob")
        given = {"sms_number": "+12285550100", "mail_address": "gulf@mg.example"}
        assign_addresses.perform(vault, Actor.system(), given)
        found = Desk(vault, ALICE)
        found.perform(
            "add_client",
            name="Maria Alvarez",
            phone="(228) 555-0134",
            email="maria@example.com",
            street="9 Elm Street",
            city="Hurley",
        )
        found.perform("add_client", name="Ana Ruiz", phone="(228) 555-0177")
        for client, title, days in (("C-1", "Leak repair", 1), ("C-1", "Flush", -30), ("C-2", "Tap", 1)):
            day = found.today + timedelta(days=days)
            found.perform(
                "book_job", client=client, title=title, starts_at=f"{day}T09:00:00", members=["U-2"]
            )
        found.perform("add_price", name="Water heater flush", price_cents=18900, unit="visit")
        yield found


def test_the_tables_of_the_tests_are_the_products_tools() -> None:
    """Where a name or an argument changes in the product, the office of these tests has to follow."""
    for tool in office.TOOLS:
        entry = CATALOGUE.get(tool["name"])
        real = set(entry.schema().get("properties", {}))
        assert set(tool["input_schema"]["properties"]) <= real, tool["name"]


def test_every_question_finds_its_tool_and_reads_its_answer(desk: Desk) -> None:
    offered = {tool["name"] for tool in desk.tools}
    for question in QUESTIONS:
        words = desk.ask(question.says)
        assert words
        refs = {ref for ref in question.arguments.values() if isinstance(ref, str) and "-" in ref[:2]}
        if question.last in offered and not refs:
            assert question.last in [name for name, _ in desk.done], (question.says, words)


def test_the_story_sends_the_text_about_the_visit(desk: Desk) -> None:
    words = desk.ask("text Mrs Alvarez that Bob comes tomorrow between 9 and 10 and ask about the gate code")
    assert [name for name, _ in desk.done][-1] == "send_text"
    assert "is sent [M-1]" in words
    sent = desk.perform("show_message", message="M-1")
    assert sent["about"] == "V-1"
    assert sent["client"] == "C-1"
    assert sent["body"].startswith("Hi Mrs. Alvarez, this is Gulf Plumbing. Bob will be with you tomorrow (")
    assert sent["body"].endswith("between 9 and 10. Could you tell us the gate code? Thank you.")


def test_what_was_asked_is_answered_from_the_records(desk: Desk) -> None:
    tomorrow = desk.ask("What is on tomorrow?")
    assert "2 visits" in tomorrow
    assert "9:00 AM, Leak repair, Maria Alvarez, 9 Elm Street, Hurley, Bob Tran, planned [V-1]" in tomorrow
    assert "2 visits for Bob Tran [U-2]" in desk.ask("What does Bob have tomorrow?")
    assert "(228) 555-0134" in desk.ask("phone number of Mrs Alvarez")
    assert "9 Elm Street, Hurley" in desk.ask("Where does Mrs Alvarez live?")
    assert "[V-2]" in desk.ask("When was I last at Alvarez?")
    assert "[V-1]" in desk.ask("When is the next visit to Mrs Alvarez?")
    assert "2 open jobs" in desk.ask("Jobs for Mrs Alvarez")
    assert "There are 2 clients." in desk.ask("How many clients do we have?")
    assert "$189.00 per visit [S-1]" in desk.ask("Price of a water heater flush")
    assert "Bob Tran" in desk.ask("Who is on the team?")
    assert "9 Elm Street, Hurley, Maria Alvarez [P-1]" in desk.ask("Find Elm Street")


def test_what_was_ordered_is_done(desk: Desk) -> None:
    assert "[C-3]" in desk.ask("New client John Neil, (228) 555-0188, john@example.com")
    assert desk.perform("show_client", client="C-3")["client"]["email"] == "john@example.com"
    desk.ask("Note on Mrs Alvarez: the gate code is 4711")
    assert desk.perform("show_client", client="C-1")["notes"][0]["body"] == "The gate code is 4711."
    assert "Booked: Drain cleaning" in desk.ask(
        "Book a drain cleaning for Ana Ruiz tomorrow from 2 to 4 for Bob"
    )
    booked = desk.perform("show_job", job="J-4")["visits"][0]
    assert booked["local_start"][11:16] == "14:00"
    assert booked["local_end"][11:16] == "16:00"
    thursday = desk.today + timedelta(days=(3 - desk.today.weekday() - 1) % 7 + 1)
    desk.ask("Move Mrs Alvarez's visit tomorrow to Thursday 10")
    moved = desk.perform("show_visit", visit="V-1")["visit"]
    assert moved["local_start"][:16] == f"{thursday}T10:00"
    assert "Taken back" in desk.ask("Undo the last change")
    assert desk.perform("show_visit", visit="V-1")["visit"]["local_start"][11:16] == "09:00"
    assert "cancelled" in desk.ask("Cancel V-1")


def test_a_double_booking_is_told(desk: Desk) -> None:
    words = desk.ask("Book a drain cleaning for Ana Ruiz tomorrow at 9 for Bob")
    assert "at the same time Bob Tran has" in words


def test_a_technician_is_told_what_he_may_not(desk: Desk) -> None:
    bob = Actor.person(id="acc-bob", name="Bob Tran", role=Role.TECHNICIAN, member_id=2)
    his = Desk(desk.vault, bob)
    offered = {tool["name"] for tool in his.tools}
    assert "add_client" not in offered
    assert "your role" in his.ask("New client John Neil, (228) 555-0188")
