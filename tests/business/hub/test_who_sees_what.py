"""A client with a link gets his own and nothing else: through every query and operation there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from opsystem.business.clients.models import Client, Note
from opsystem.business.record import Record
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden, Problem
from opsystem.operations import CATALOGUE, Actor, Declared, Operation, Permission, Query, Work
from opsystem.operations.scope import bind_scope
from opsystem.vault import Vault
from tests.business.digest import digest
from tests.business.gulf import Gulf, open_gulf
from tests.stories.arguments import arguments

ANA = Actor.client(client_id=1, name="Ana Ruiz")
ZOE = Actor.client(client_id=2, name="Zoe Lake")
NOBODY = Actor.client(client_id=4711, name="Nobody")
HERS = {"C": "C-1", "P": "P-1", "J": "J-1", "V": "V-1", "F": "F-1", "T": "T-1", "L": "L-1"}
NOT_HERS = {"C": "C-2", "P": "P-3", "J": "J-3", "V": "V-3", "F": "F-2", "T": "T-2", "L": "L-2", "U": "U-1"}
ZOES = ("Zoe", "Elm")


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gulf]:
    opened = open_gulf(tmp_path_factory.mktemp("gulf"))
    with opened.vault:
        yield opened


def call(entry: Declared[Any], vault: Vault, actor: Actor, given: dict[str, Any]) -> Any:
    if isinstance(entry, Query):
        return entry.ask(vault, actor, given)
    assert isinstance(entry, Operation)
    return entry.perform(vault, actor, given).value


def test_a_client_and_a_visitor_may_use_what_is_made_for_them_and_nothing_else(gulf: Gulf) -> None:
    before, refused = digest(gulf.vault), 0
    for actor, own in ((ANA, Permission.HUB), (Actor.visitor(), Permission.BOOK)):
        for entry in CATALOGUE:
            if entry.permission is own:
                continue
            with pytest.raises(Forbidden):
                call(entry, gulf.vault, actor, arguments(entry.schema(), HERS))
            refused += 1
    assert digest(gulf.vault) == before
    assert refused > 200


def test_no_query_or_operation_gives_a_client_a_word_of_another_one(gulf: Gulf) -> None:
    for entry in CATALOGUE:
        if entry.permission is not Permission.HUB:
            continue
        for refs in (NOT_HERS, HERS):
            given = arguments(entry.schema(), {**HERS, **refs})
            for chosen in (given, {name: given[name] for name in entry.schema().get("required", ())}):
                try:
                    told = json.dumps(entry.as_json(call(entry, gulf.vault, ANA, chosen)))
                except Problem as problem:
                    told = f"{problem.message} {problem.fields}"
                assert not [word for word in ZOES if word in told], entry.name


@pytest.mark.parametrize("actor", [ANA, ZOE, NOBODY, Actor.visitor()])
def test_every_table_shows_a_client_his_own_rows_or_none(gulf: Gulf, actor: Actor) -> None:
    """Counted against each table's own word on whose a row is, so a new table is held to it at once."""
    for mapper in Record.registry.mappers:
        entity = mapper.class_
        table = entity.__table__
        with gulf.vault.reading() as session:
            bind_scope(session, actor)
            seen = {row.id for row in session.scalars(select(entity))}
        whose = table.info.get("client")
        if whose is None or not seen:
            continue
        with gulf.vault.reading() as session:
            raw = f"SELECT id FROM {table.name} WHERE {whose.format(row=table.name)} = {actor.client_id or 0}"
            own = {row.id for row in session.connection().exec_driver_sql(raw)}
        assert seen <= own, table.name
    with gulf.vault.reading() as session:
        bind_scope(session, actor)
        assert {row.id for row in session.scalars(select(Client))} <= {actor.client_id}
        assert list(session.scalars(select(Note))) == [], "what the office notes is the office's"
        other = 2 if actor is not ZOE else 1
        assert session.get(Client, other) is None
        assert Work(gulf.vault, session, actor, clock.now()).session is session
