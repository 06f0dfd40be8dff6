"""The tables every vault has, whatever trade it serves.

They are the vault's own mechanics (journal, requests, outbox, search, disclosures) and are
not journalled themselves. The nouns of the trade are handed in from above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from opsystem.vault.journals.tables import journal_tables
from opsystem.vault.moments import Moment

__all__ = ["Moment", "VaultTables", "mechanics", "new_metadata", "vault_tables"]

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def mechanics(why: str) -> dict[str, Any]:
    """Return the `info` of a table that the journal leaves out, with the reason."""
    return {"journal": False, "why": why}


@dataclass(frozen=True)
class VaultTables:
    """The vault's own tables, bound to one schema's metadata."""

    change_set: Table
    change: Table
    undoing: Table
    journal_head: Table
    journal_cut: Table
    erasure: Table
    wiping: Table
    request: Table
    outbox: Table
    attempt: Table
    disclosure: Table
    search_row: Table


def new_metadata() -> MetaData:
    """Return metadata for a schema: the naming rules and the vault's own tables."""
    metadata = MetaData(naming_convention=NAMING)
    journal_tables(metadata)
    _outbox_tables(metadata)
    _search_table(metadata)
    Table(
        "request",
        metadata,
        Column("id", String, primary_key=True),
        Column("operation", String, nullable=False),
        Column("actor", String, nullable=False),
        Column("input_hash", String, nullable=False),
        Column("result", Text, nullable=False),
        Column("change_set_id", Integer),
        Column("at", Moment, nullable=False),
        info=mechanics("answers given before, for whoever asks twice"),
    )
    Table(
        "disclosure",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("at", Moment, nullable=False, index=True),
        Column("vendor", String, nullable=False),
        Column("purpose", String, nullable=False),
        Column("categories", String, nullable=False),
        Column("bytes", Integer, nullable=False),
        Column("initiator", String, nullable=False),
        Column("ref", String, nullable=False),
        info=mechanics("a ledger that is only ever added to"),
        sqlite_autoincrement=True,
    )
    # What the business switched off sends nothing out: read by the pipeline, journalled like any row.
    Table(
        "switch",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String, nullable=False, unique=True),
        Column("off_at", Moment),
        Column("off_by", String),
        sqlite_autoincrement=True,
    )
    return metadata


def vault_tables(metadata: MetaData) -> VaultTables:
    """Return the vault's own tables of a schema's metadata."""
    return VaultTables(**{name: metadata.tables[name] for name in VaultTables.__dataclass_fields__})


def _outbox_tables(metadata: MetaData) -> None:
    states = "'queued', 'sending', 'unknown', 'accepted', 'failed', 'cancelled', 'needs_human'"
    Table(
        "outbox",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("channel", String, nullable=False),
        Column("subject_id", Integer, nullable=False),
        Column("payload", Text, nullable=False),
        Column("change_set_id", ForeignKey("change_set.id")),
        Column("created_at", Moment, nullable=False),
        Column("due_at", Moment, nullable=False),
        Column("state", String, nullable=False, server_default="queued"),
        Column("fence", Integer, nullable=False, server_default="0"),
        Column("settled_at", Moment),
        Index("ix_outbox_due", "state", "due_at"),
        Index("ix_outbox_subject", "channel", "subject_id"),
        Index("ix_outbox_change_set", "change_set_id"),
        CheckConstraint(f"state IN ({states})", name="state"),
        info=mechanics("what leaves, written by the change that caused it; its states are the delivery's"),
        sqlite_autoincrement=True,
    )
    Table(
        "attempt",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("outbox_id", ForeignKey("outbox.id"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("token", String, nullable=False, unique=True),
        Column("intent_at", Moment, nullable=False),
        Column("vendor_id", String, index=True),
        Column("outcome", String),
        Column("asked", Integer, nullable=False, server_default="0"),
        UniqueConstraint("outbox_id", "number"),
        info=mechanics("the delivery's own book of tries"),
        sqlite_autoincrement=True,
    )


def _search_table(metadata: MetaData) -> None:
    Table(
        "search_row",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("kind", String, nullable=False),
        Column("record_id", Integer, nullable=False),
        Column("client_id", Integer),
        Column("title", Text, nullable=False),
        Column("body", Text, nullable=False),
        UniqueConstraint("kind", "record_id"),
        info=mechanics("made from the rows that are found"),
    )
