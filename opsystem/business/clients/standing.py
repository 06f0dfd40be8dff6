"""Lead, active, archived: worked out from what happened, never typed in.

A table whose rows change how a client stands says so itself, by `table_options(standing=Makes(...))`: a
job makes an active client, a request a lead. So a table added later counts without a line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import Boolean, ColumnElement, Integer, String, literal_column, select, text

from opsystem.business.clients.models import Archival, Client
from opsystem.business.record import Record
from opsystem.business.references import ClientRef, number_of
from opsystem.kit.refs import LETTERS, make_ref
from opsystem.operations import Permission, Work, query
from opsystem.vault import Moment


class Standing(StrEnum):
    """How the business stands to a client."""

    LEAD = "lead"
    ACTIVE = "active"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Makes:
    """What a row makes of its client: SQL over `{row}` for when and by whom, and which rows count."""

    standing: Standing
    because: str
    at: str = "{row}.created_at"
    by: str = "{row}.created_by"
    where: str = "1"


@dataclass(frozen=True)
class StandingRow:
    """Since when a client stood so, because of what, and by whom it was done."""

    standing: Standing
    at: datetime
    because: str
    by: str
    about: str | None


@query(permission=Permission.CLIENTS_READ, label="Show status history")
def show_standing(work: Work, *, client: ClientRef) -> list[StandingRow]:
    """Show how a client came to be lead, active or archived: each change with its event, newest first."""
    row = work.get(Client, number_of(client), "client")
    found = [StandingRow(Standing.LEAD, row.created_at, "Added", "", row.ref)]
    first = _first_active(work, row.id)
    if first is not None:
        found.append(first)
    away = select(Archival).where(Archival.client_id == row.id)
    for one in work.session.scalars(away):
        found.append(StandingRow(Standing.ARCHIVED, one.at, "Archived", one.by, None))
        if one.back_at is not None:
            was_active = first is not None and first.at <= one.back_at
            again = Standing.ACTIVE if was_active else Standing.LEAD
            found.append(StandingRow(again, one.back_at, "Restored", one.back_by or "", None))
    return sorted(found, key=lambda one: one.at, reverse=True)


def is_active() -> ColumnElement[bool]:
    """Return the condition that something made a client active, over the table `client`."""
    return literal_column(f"({_active_sql()})", Boolean)


def standing_column() -> ColumnElement[str]:
    """Return the column that says how a client stands, over the table `client`."""
    words = "CASE WHEN client.archived_at IS NOT NULL THEN 'archived'"
    return literal_column(f"{words} WHEN {_active_sql()} THEN 'active' ELSE 'lead' END", String)


def standing_of(work: Work, client_id: int) -> Standing:
    """Return how the business stands to a client."""
    found = work.session.scalar(select(standing_column()).select_from(Client).where(Client.id == client_id))
    return Standing(found or "lead")


@cache
def _rules() -> tuple[tuple[str, str, Makes], ...]:
    """Return the tables that make a client active: name, whose a row is, and how."""
    return tuple(
        (table.name, table.info["client"], table.info["standing"])
        for table in Record.metadata.sorted_tables
        if "standing" in table.info and table.info["standing"].standing is Standing.ACTIVE
    )


@cache
def _active_sql() -> str:
    # Names and expressions come from the schema.
    ways = [
        f"EXISTS (SELECT 1 FROM {name} AS one WHERE {whose.format(row='one')} = client.id"  # noqa: S608
        f" AND {rule.where.format(row='one')})"
        for name, whose, rule in _rules()
    ]
    return " OR ".join(ways) or "0"


def _first_active(work: Work, client_id: int) -> StandingRow | None:
    found = []
    for name, whose, rule in _rules():
        # Names and expressions come from the schema; values are bound.
        statement = text(
            f"SELECT one.id AS id, {rule.at.format(row='one')} AS at, {rule.by.format(row='one')} AS by"  # noqa: S608
            f" FROM {name} AS one WHERE {whose.format(row='one')} = :client"
            f" AND {rule.where.format(row='one')} ORDER BY 2, 1 LIMIT 1"
        ).columns(id=Integer, at=Moment, by=String)
        row = work.session.execute(statement, {"client": client_id}).one_or_none()
        if row is not None:
            about = make_ref(name, row.id) if name in LETTERS else None
            found.append(StandingRow(Standing.ACTIVE, row.at, rule.because, row.by or "", about))
    return min(found, key=lambda one: one.at, default=None)
