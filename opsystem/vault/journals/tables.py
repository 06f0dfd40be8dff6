"""The tables of the journal: change sets, changes, what was undone, heads, and what was dropped for good.

None of them is journalled itself: the chain (`chain.py`) is what watches over them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

from opsystem.vault.moments import Moment

_JOURNAL: dict[str, Any] = {"journal": False, "why": "the journal itself, watched over by its chain"}


def journal_tables(metadata: MetaData) -> None:
    """Add the journal's tables to a schema's metadata."""
    _entries(metadata)
    _ledgers(metadata)


def _entries(metadata: MetaData) -> None:
    Table(
        "change_set",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("at", Moment, nullable=False, index=True),
        Column("actor_kind", String, nullable=False),
        Column("actor_id", String, nullable=False),
        Column("actor_name", String, nullable=False),
        Column("operation", String, nullable=False),
        Column("label", String, nullable=False),
        # What was done together is undone together: by a turn of the assistant, or by an import.
        Column("turn_id", Integer, index=True),
        Column("batch", String, index=True),
        # The newest change set this one takes back (all of them: `undoing`), and the one that took this back.
        # No foreign keys: looking for references would make an empty change set dear to drop.
        Column("undoes_id", Integer),
        Column("undone_by_id", Integer),
        # Place and hash in the chain, and the seal over label and name; there once the change set is closed.
        Column("position", Integer),
        Column("hash", String),
        Column("seal", String),
        info=_JOURNAL,
        sqlite_autoincrement=True,
    )
    Table(
        "change",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("change_set_id", ForeignKey("change_set.id"), nullable=False, index=True),
        Column("table_name", String, nullable=False),
        Column("row_id", Integer, nullable=False),
        Column("action", String, nullable=False),
        Column("client_id", Integer),
        Column("before", Text),
        Column("after", Text),
        Column("seal", String, nullable=False),
        Index("ix_change_row", "table_name", "row_id"),
        Index("ix_change_client", "client_id", "change_set_id"),
        CheckConstraint("action IN ('insert', 'update', 'delete')", name="action"),
        info=_JOURNAL,
        sqlite_autoincrement=True,
    )
    Table(
        "undoing",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("change_set_id", Integer, nullable=False, index=True),
        Column("target_id", Integer, nullable=False),
        info=_JOURNAL,
    )


def _ledgers(metadata: MetaData) -> None:
    # Signed with this installation's key, so of no use anywhere else.
    Table(
        "journal_head",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("at", Moment, nullable=False),
        Column("position", Integer, nullable=False),
        Column("hash", String, nullable=False),
        Column("signer", String, nullable=False),
        Column("signature", String, nullable=False),
        info={**_JOURNAL, "local": True},
        sqlite_autoincrement=True,
    )
    # The next two say which words are missing from the journal and why. They are journalled themselves, so
    # that the chain covers them: up to which change set words had become old, and whom nothing is known of
    # any more. Numbers only; an erasure is done again after a restore.
    Table(
        "journal_cut",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("at", Moment, nullable=False),
        Column("until", Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    Table(
        "erasure",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("client_id", Integer, nullable=False),
        Column("at", Moment, nullable=False),
        Column("counts", Text, nullable=False),
        sqlite_autoincrement=True,
    )
    # What is still to be wiped from the disk after an erasure: contents that no row names any more (JSON).
    Table(
        "wiping",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("at", Moment, nullable=False),
        Column("contents", Text, nullable=False),
        info={"journal": False, "why": "work on this disk that is left to do", "local": True},
        sqlite_autoincrement=True,
    )
