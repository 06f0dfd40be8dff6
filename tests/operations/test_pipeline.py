"""The one way down: permission, input, switch, approval, request id, in this order, for whoever comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from opsystem.business.asking.operations import ask
from opsystem.business.clients.models import Client
from opsystem.business.clients.operations import add_client
from opsystem.business.conversations.operations import send_text
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.operations import book_job, cancel_visit
from opsystem.business.profile.operations import set_switch
from opsystem.business.schema import SCHEMA
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Forbidden, Invalid
from opsystem.operations import CATALOGUE, Actor, ApprovalNeeded, Effect, Operation, scopes
from opsystem.operations.policy import Decision, decide
from opsystem.operations.scope import bind_scope
from opsystem.vault import Author, Vault
from tests.business.gulf import Gulf, open_gulf
from tests.business.opening import ALICE, open_business
from tests.business.scene import client, with_addresses

# Tables whose rows say nothing of a client: what every role may read, or reads by permission alone.
OPEN_TABLES = {
    "profile",
    "checklist",
    "checklist_item",
    "template",
    "switch",
    "field",
    "job_type",
    "job_type_skill",
    "job_type_certificate",
    "skill",
}
# The vault's own mechanics, which no query of a technician reads.
JOURNAL = {"change_set", "change", "undoing", "journal_head", "journal_cut", "erasure", "wiping"}
MECHANICS = JOURNAL | {"outbox", "attempt", "search_row", "request", "disclosure"}


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with open_business(tmp_path, "Gulf Plumbing", ALICE) as opened:
        with_addresses(opened)
        client(opened, ALICE)
        yield opened


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gulf]:
    opened = open_gulf(tmp_path_factory.mktemp("gulf"))
    with opened.vault:
        yield opened


def test_the_role_is_asked_before_the_input_is_read(gulf: Gulf) -> None:
    with pytest.raises(Forbidden):
        book_job.perform(gulf.vault, gulf.bob, {"nonsense": 1})
    with pytest.raises(Invalid):
        book_job.perform(gulf.vault, ALICE, {"nonsense": 1})


def test_the_input_is_read_before_anybody_is_asked_to_approve(vault: Vault) -> None:
    with pytest.raises(Invalid):
        send_text.perform(vault, ALICE.assistant(1), {"client": "nobody", "body": "x"})


def test_nobody_is_asked_to_approve_what_is_switched_off(vault: Vault) -> None:
    set_switch.perform(vault, ALICE, {"name": "sms", "on": False})
    for actor in (ALICE, ALICE.assistant(1)):
        with pytest.raises(Forbidden) as told:
            send_text.perform(vault, actor, {"client": "C-1", "body": "x"})
        assert told.value.code == "switched_off"
    set_switch.perform(vault, ALICE, {"name": "assistant", "on": False})
    with pytest.raises(Forbidden):
        ask.perform(vault, ALICE, {"question": "Hello?"})


@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize("tainted", [True, False])
def test_what_claude_may_do_alone_is_decided_by_reach_and_by_what_it_has_read(
    effect: Effect, tainted: bool
) -> None:
    asked = effect >= Effect.SEND or (tainted and effect >= Effect.COMMIT)
    assert decide(ALICE.assistant(1, tainted=tainted), effect) is (Decision.ASK if asked else Decision.RUN)
    for actor in (ALICE, Actor.system(), Actor.vendor("twilio")):
        assert decide(actor, effect) is Decision.RUN


def test_every_operation_that_reaches_out_needs_approval_when_claude_calls_it(vault: Vault) -> None:
    offered = CATALOGUE.offered_to(ALICE)
    reaching = [one for one in offered if isinstance(one, Operation) and one.effect >= Effect.SEND]
    assert {"send_text", "send_email", "reply_in_thread"} <= {one.name for one in reaching}
    before = vault.schema.metadata.tables["outbox"]
    for one in reaching:
        given = {"client": "C-1", "thread": "T-1", "body": "x", "subject": "x", "confirmation": "C-1"} | {
            "file": "F-1",
            "visit": "V-1",
            "invoice": "I-1",
            "invoices": ["I-1"],
            "quote": "Q-1",
            "channel": "sms",
            "method": "PM-1",
            "payment": "PY-1",
            "cents": 100,
        }
        fields = {name: given[name] for name, field in one.input.model_fields.items() if field.is_required()}
        with pytest.raises(ApprovalNeeded):
            one.perform(vault, ALICE.assistant(1), fields)
    with vault.reading() as session:
        assert session.execute(select(before)).all() == []


def test_a_request_id_gives_the_first_answer_again_and_serves_one_request(vault: Vault) -> None:
    first = add_client.perform(vault, ALICE, {"name": "Ana"}, request_id="one")
    assert add_client.perform(vault, ALICE, {"name": "Ana"}, request_id="one") == first
    assert add_client.perform(vault, ALICE, {"name": "Ana"}, request_id="two") != first
    with pytest.raises(Conflict):
        add_client.perform(vault, ALICE, {"name": "Eve"}, request_id="one")
    other = Actor.person(id="acc-dana", name="Dana", role=ALICE.role, member_id=2)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        add_client.perform(vault, other, {"name": "Ana"}, request_id="one")


def test_a_request_that_failed_may_be_made_again(vault: Vault) -> None:
    given = {"client": "C-9", "title": "Sink"}
    for _ in range(2):
        with pytest.raises(Exception, match="no such client"):
            book_job.perform(vault, ALICE, given, request_id="one")


@pytest.mark.parametrize(
    "given", [{"page": 10**30}, {"page": "9" * 40}, {"page": -1}, {"page": True, "x": 1}]
)
def test_numbers_without_end_are_refused_at_their_field(given: dict[str, object]) -> None:
    entry = CATALOGUE.get("list_clients")
    with pytest.raises(Invalid) as told:
        entry.validate(given)
    assert told.value.fields


def test_the_scope_holds_for_every_way_of_reading(gulf: Gulf) -> None:
    with gulf.vault.reading() as session:
        bind_scope(session, gulf.bob)
        assert session.get(Client, 2) is None
        assert session.get(Job, 3) is None
        assert {row.id for row in session.scalars(select(Client))} == {1}
        other = aliased(Client)
        assert set(session.scalars(select(other.id))) == {1}
        joined = select(Visit.id, Client.name).join(Job, Job.id == Visit.job_id)
        names = {name for _, name in session.execute(joined.join(Client, Client.id == Job.client_id))}
        assert names == {"Ana Ruiz"}
        inner = select(Job.id).where(Job.client_id.in_(select(Client.id)))
        assert set(session.scalars(inner)) == {1}


def test_the_scope_holds_for_every_way_of_changing(gulf: Gulf) -> None:
    author = Author("person", gulf.bob.id, gulf.bob.name, "test", "Test")
    with gulf.vault.writing(author, clock.now()) as (session, _):
        bind_scope(session, gulf.bob)
        changed = session.execute(update(Client).values(notes="Bob was here"))
        assert changed.rowcount == 1  # type: ignore[attr-defined]
    with gulf.vault.reading() as session:
        assert {row.id for row in session.scalars(select(Client).where(Client.notes == "Bob was here"))} == {
            1
        }


def test_every_table_with_data_of_clients_has_a_scope() -> None:
    covered = {entity.__tablename__ for entity in scopes()}
    every = set(SCHEMA.metadata.tables)
    assert every - covered - OPEN_TABLES - MECHANICS == set()
    assert not covered & (OPEN_TABLES | MECHANICS)


def test_who_neither_commits_nor_sends_is_not_asked(vault: Vault) -> None:
    tainted = ALICE.assistant(1, tainted=True)
    assert add_client.perform(vault, tainted, {"name": "Ana"}).value.ref == "C-2"
    with pytest.raises(ApprovalNeeded):
        cancel_visit.perform(vault, tainted, {"visit": "V-1"})
