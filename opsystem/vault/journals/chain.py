"""The chain over the journal: each entry's hash covers its change set, its changes and the entry before.

People's words are covered by seals (`seals.py`), so that they can go one day without breaking the
chain. It is written in the transaction of the change itself, with statements of the driver: an
operation must not wait for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from opsystem.vault.database import VaultConnection
from opsystem.vault.journals.seals import commitment, new_seal

BEGINNING: Final = "0" * 64
_CHANGES: Final = (
    "SELECT id, table_name, row_id, action, client_id, seal FROM change WHERE change_set_id = ? ORDER BY id"
)
_LEAVES: Final = "SELECT 1 FROM outbox WHERE change_set_id = ? LIMIT 1"
_TARGETS: Final = "SELECT target_id FROM undoing WHERE change_set_id = ? ORDER BY target_id"
_OPENED: Final = (
    "SELECT mine.at, mine.actor_kind, mine.actor_id, mine.actor_name, mine.operation, mine.label,"
    " mine.turn_id, mine.batch, mine.undoes_id, last.position, last.hash,"
    " (SELECT position FROM journal_head ORDER BY id DESC LIMIT 1)"
    " FROM change_set AS mine LEFT JOIN change_set AS last"
    " ON last.id = (SELECT max(id) FROM change_set WHERE id < mine.id) WHERE mine.id = ?"
)
_CLOSE: Final = "UPDATE change_set SET label = ?, position = ?, hash = ?, seal = ? WHERE id = ?"


@dataclass(frozen=True)
class ChangeFacts:
    """What the chain covers of one row's change: all but its images, and the seal over these."""

    id: int
    table: str
    row_id: int
    action: str
    client_id: int | None
    seal: str


@dataclass(frozen=True)
class EntryFacts:
    """What the chain covers of one change set. `undoes` are the change sets that it takes back."""

    id: int
    position: int
    at: str
    actor_kind: str
    actor_id: str
    operation: str
    turn_id: int | None
    batch: str | None
    undoes: Sequence[int]
    seal: str


@dataclass(frozen=True)
class Link:
    """An entry that was written: its place, its hash, and how many entries no head has signed."""

    position: int
    hash: str
    unsigned: int


def entry_hash(previous: str, entry: EntryFacts, changes: Iterable[ChangeFacts]) -> str:
    """Return the hash of an entry that follows `previous`."""
    covered = [
        "opsystem journal 1",
        previous,
        [
            entry.position,
            entry.id,
            entry.at,
            entry.actor_kind,
            entry.actor_id,
            entry.operation,
            entry.turn_id,
            entry.batch,
            list(entry.undoes),
            commitment(entry.seal),
        ],
        [[one.id, one.table, one.row_id, one.action, one.client_id, commitment(one.seal)] for one in changes],
    ]
    return hashlib.sha256(json.dumps(covered, separators=(",", ":")).encode()).hexdigest()


def close_entry(connection: VaultConnection, number: int, label: str | None) -> Link | None:
    """Write the entry of an open change set, with its last `label`; None when it holds nothing."""
    changes = [ChangeFacts(*row) for row in connection.execute(_CHANGES, (number,)).fetchall()]
    if not changes and connection.execute(_LEAVES, (number,)).fetchone() is None:
        return None
    (at, kind, actor, name, operation, first_label, turn, batch, undoes, last, previous, signed) = (
        connection.execute(_OPENED, (number,)).fetchone()
    )
    targets = [row[0] for row in connection.execute(_TARGETS, (number,))] if undoes is not None else []
    words = label if label is not None else first_label
    position = (last or 0) + 1
    seal = new_seal(words, name)
    entry = EntryFacts(number, position, at, kind, actor, operation, turn, batch, targets, seal)
    found = entry_hash(previous or BEGINNING, entry, changes)
    connection.execute(_CLOSE, (words, position, found, seal, number))
    return Link(position, found, position - (signed or 0))
