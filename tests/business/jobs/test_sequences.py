"""Whatever is booked, moved, assigned, cancelled and undone, nothing is lost or invented."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from opsystem.business.clients.operations import add_client
from opsystem.business.jobs.operations import (
    assign_visit,
    book_job,
    cancel_visit,
    finish_visit,
    move_visit,
    schedule_visit,
    start_visit,
)
from opsystem.business.jobs.queries import list_visits
from opsystem.business.jobs.records import Booked, VisitSaved
from opsystem.business.team.operations import add_member
from opsystem.kit.errors import Conflict
from opsystem.operations import Done, Operation
from tests.business.digest import digest, undo
from tests.business.opening import ALICE, open_business

DAY = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
MEMBERS = ("U-1", "U-2", "U-3")
SLOTS = st.integers(0, 40).map(lambda slot: DAY + timedelta(minutes=30 * slot))
PEOPLE = st.sets(st.sampled_from(MEMBERS)).map(frozenset)
LENGTHS = st.sampled_from([30, 60, 90])


@dataclass(frozen=True)
class Planned:
    """What we believe of a visit."""

    starts_at: datetime
    ends_at: datetime
    people: frozenset[str]
    state: str = "planned"


@dataclass(frozen=True)
class Step:
    """A change that can be undone: what was before it."""

    change_set_id: int | None
    rows: dict[str, list[tuple[object, ...]]]
    visits: dict[str, Planned]


class Schedule(RuleBasedStateMachine):
    """The schedule of one day, and what we believe stands in it."""

    @initialize()
    def open(self) -> None:
        self.place = tempfile.TemporaryDirectory()
        self.vault = open_business(Path(self.place.name), "Gulf Plumbing", ALICE)
        add_client.perform(self.vault, ALICE, {"name": "Ana Ruiz"})
        for name in ("Bob", "Eve"):
            given = {"name": name, "email": f"{name}@example.com", "role": "technician"}
            add_member.perform(self.vault, ALICE, given)
        self.visits: dict[str, Planned] = {}
        self.jobs = 0
        self.steps: list[Step] = []

    @rule(starts_at=SLOTS, minutes=LENGTHS, people=PEOPLE)
    def book(self, starts_at: datetime, minutes: int, people: frozenset[str]) -> None:
        given = {"client": "C-1", "title": "Faucet", "starts_at": starts_at, "minutes": minutes}
        done = self._step(book_job, {**given, "members": sorted(people)})
        assert done.value.visit is not None
        self.jobs = done.value.id
        self._remember(
            done, done.value.visit, Planned(starts_at, starts_at + timedelta(minutes=minutes), people)
        )

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), starts_at=SLOTS, minutes=LENGTHS, people=PEOPLE)
    def schedule(
        self, data: st.DataObject, starts_at: datetime, minutes: int, people: frozenset[str]
    ) -> None:
        same_job = self._visit(data)
        [row] = [row for row in self._rows() if row.ref == same_job]
        given = {"job": row.job, "starts_at": starts_at, "minutes": minutes, "members": sorted(people)}
        done = self._step(schedule_visit, given)
        self._remember(
            done, done.value.ref, Planned(starts_at, starts_at + timedelta(minutes=minutes), people)
        )

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), starts_at=SLOTS)
    def move(self, data: st.DataObject, starts_at: datetime) -> None:
        ref = self._visit(data)
        old = self.visits[ref]
        new = replace(old, starts_at=starts_at, ends_at=starts_at + (old.ends_at - old.starts_at))
        self._change(move_visit, ref, {"starts_at": starts_at}, new, allowed={"planned"})

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), people=PEOPLE)
    def assign(self, data: st.DataObject, people: frozenset[str]) -> None:
        ref = self._visit(data)
        new = replace(self.visits[ref], people=people)
        self._change(assign_visit, ref, {"members": sorted(people)}, new, allowed={"planned", "started"})

    @precondition(lambda self: self.visits)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        ref = self._visit(data)
        self._change(cancel_visit, ref, {}, replace(self.visits[ref], state="cancelled"), allowed={"planned"})

    @precondition(lambda self: self.visits)
    @rule(data=st.data())
    def start(self, data: st.DataObject) -> None:
        ref = self._visit(data)
        self._change(start_visit, ref, {}, replace(self.visits[ref], state="started"), allowed={"planned"})

    @precondition(lambda self: self.visits)
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        ref = self._visit(data)
        new = replace(self.visits[ref], state="finished")
        self._change(finish_visit, ref, {}, new, allowed={"planned", "started"})

    @precondition(lambda self: self.steps)
    @rule()
    def undo_last(self) -> None:
        step = self.steps.pop()
        if step.change_set_id is not None:
            undo(self.vault, step.change_set_id)
        assert digest(self.vault) == step.rows
        self.visits = step.visits

    @invariant()
    def the_list_says_what_we_believe(self) -> None:
        found = {
            row.ref: Planned(
                row.starts_at, row.ends_at, frozenset(person.ref for person in row.assignees), row.state
            )
            for row in self._rows()
        }
        assert found == self.visits

    def teardown(self) -> None:
        self.vault.close()
        self.place.cleanup()

    def _rows(self) -> list[Any]:
        days = {"since": "2026-11-23", "until": "2026-11-26", "include_cancelled": True}
        return list_visits.ask(self.vault, ALICE, days)

    def _visit(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.visits)))

    def _step(self, operation: Operation[Any], given: dict[str, Any]) -> Done[Any]:
        rows, visits = digest(self.vault), dict(self.visits)
        done = operation.perform(self.vault, ALICE, given)
        self.steps.append(Step(done.change_set_id, rows, visits))
        return done

    def _change(
        self, operation: Operation[Any], ref: str, more: dict[str, Any], new: Planned, *, allowed: set[str]
    ) -> None:
        if self.visits[ref].state in allowed:
            self._remember(self._step(operation, {"visit": ref, **more}), ref, new)
            return
        before = digest(self.vault)
        try:
            operation.perform(self.vault, ALICE, {"visit": ref, **more})
        except Conflict:
            assert digest(self.vault) == before
            return
        raise AssertionError(f"{operation.name} of a {self.visits[ref].state} visit was not refused")

    def _remember(self, done: Done[Any], ref: str, planned: Planned) -> None:
        self.visits[ref] = planned
        value = done.value
        assert isinstance(value, Booked | VisitSaved)
        if planned.state == "planned":
            told = {(overlap.member, overlap.visit) for overlap in value.overlaps}
            assert told == self._double_booked(ref, planned)

    def _double_booked(self, ref: str, planned: Planned) -> set[tuple[str, str]]:
        return {
            (person, other_ref)
            for other_ref, other in self.visits.items()
            if other_ref != ref
            and other.state in {"planned", "started"}
            and other.starts_at < planned.ends_at
            and other.ends_at > planned.starts_at
            for person in other.people & planned.people
        }


Schedule.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestSchedule = Schedule.TestCase
