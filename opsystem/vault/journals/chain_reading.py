"""The journal's chain as it is stored, read for a check: entries with their changes, and heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from opsystem.vault.database import VaultConnection
from opsystem.vault.journals.chain import ChangeFacts, EntryFacts
from opsystem.vault.journals.heads import Head

_ENTRIES: Final = (
    "SELECT id, position, at, actor_kind, actor_id, operation, turn_id, batch, seal,"
    " actor_name, label, undoes_id, undone_by_id, hash FROM change_set ORDER BY id"
)
_CHANGES: Final = (
    "SELECT change_set_id, id, table_name, row_id, action, client_id, seal, before, after"
    " FROM change ORDER BY change_set_id, id"
)
_UNDOING: Final = "SELECT change_set_id, target_id FROM undoing ORDER BY change_set_id, target_id"
_HEADS: Final = "SELECT at, position, hash, signer, signature FROM journal_head ORDER BY id"


@dataclass(frozen=True)
class StoredChange:
    """A row's change with its images as they are stored."""

    facts: ChangeFacts
    before: str | None
    after: str | None


@dataclass(frozen=True)
class StoredEntry:
    """A change set with its words, its pointers and the hash it was given."""

    facts: EntryFacts
    actor_name: str
    label: str
    undoes_id: int | None
    undone_by_id: int | None
    hash: str | None
    changes: Sequence[StoredChange]


@dataclass(frozen=True)
class Chain:
    """The whole journal. `loose` counts rows that belong to no entry."""

    entries: Sequence[StoredEntry]
    heads: Sequence[Head]
    loose: int = 0


def read_chain(connection: VaultConnection) -> Chain:
    """Read the journal's chain in one consistent state. Everything is held in memory."""
    changes: dict[int, list[StoredChange]] = {}
    for number, *facts, before, after in connection.execute(_CHANGES):
        changes.setdefault(number, []).append(StoredChange(ChangeFacts(*facts), before, after))
    undoes: dict[int, list[int]] = {}
    for number, target in connection.execute(_UNDOING):
        undoes.setdefault(number, []).append(target)
    entries = []
    for row in connection.execute(_ENTRIES):
        (number, position, at, kind, actor, operation, turn, batch, seal, *words) = row
        facts = EntryFacts(
            number,
            position or 0,
            at,
            kind,
            actor,
            operation,
            turn,
            batch,
            undoes.pop(number, []),
            seal or "",
        )
        name, label, undoes_id, undone_by, found = words
        entries.append(StoredEntry(facts, name, label, undoes_id, undone_by, found, changes.pop(number, [])))
    return Chain(
        entries,
        [Head(*row) for row in connection.execute(_HEADS)],
        loose=len(changes) + len(undoes),
    )
