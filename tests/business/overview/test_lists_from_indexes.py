"""The lists are answered from indexes: no table is read from end to end, however large it grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from opsystem.operations import CATALOGUE, Query
from tests.business.gulf import Gulf, open_gulf
from tests.business.opening import ALICE

LISTS: list[tuple[str, dict[str, Any]]] = [
    ("list_clients", {}),
    ("list_clients", {"page": 3, "sort": "name"}),
    ("list_clients", {"archived": "archived"}),
    ("list_jobs", {}),
    ("list_jobs", {"client": "C-1", "state": "all"}),
    ("list_visits", {"since": "2030-11-01", "until": "2030-11-30"}),
    ("show_client", {"client": "C-1"}),
    ("show_job", {"job": "J-1"}),
    ("show_visit", {"visit": "V-1"}),
]
LARGE = ("client", "property", "job", "visit", "assignment", "task", "note", "thread", "message", "file")


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gulf]:
    opened = open_gulf(tmp_path_factory.mktemp("gulf"))
    with opened.vault:
        yield opened


@pytest.mark.parametrize(("name", "given"), LISTS)
def test_no_table_that_grows_is_scanned(gulf: Gulf, name: str, given: dict[str, Any]) -> None:
    entry = CATALOGUE.get(name)
    assert isinstance(entry, Query)
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(gulf.vault._engine, "before_cursor_execute", note)
    try:
        entry.ask(gulf.vault, ALICE, given)
    finally:
        event.remove(gulf.vault._engine, "before_cursor_execute", note)
    assert asked
    with gulf.vault.reading() as session:
        for statement, parameters in asked:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            scanned = [row[3] for row in plan if row[3].startswith("SCAN")]
            assert not [step for step in scanned if step.split()[1] in LARGE], statement
