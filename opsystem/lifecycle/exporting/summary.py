"""What an export will hold, counted before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from opsystem.business.files.models import File
from opsystem.lifecycle.exporting.sheets import SHEETS, ledgers
from opsystem.lifecycle.exporting.sheets_claude import CLAUDE_SHEETS
from opsystem.lifecycle.exporting.sheets_clients import CLIENT_SHEETS
from opsystem.lifecycle.exporting.sheets_expenses import EXPENSE_SHEETS
from opsystem.lifecycle.exporting.sheets_hours import HOURS_SHEETS
from opsystem.lifecycle.exporting.sheets_quotes import QUOTE_SHEETS
from opsystem.lifecycle.exporting.source import Source, one_state
from opsystem.vault import Vault

ALL_SHEETS = (*SHEETS, *CLIENT_SHEETS, *QUOTE_SHEETS, *EXPENSE_SHEETS, *HOURS_SHEETS, *CLAUDE_SHEETS)


@dataclass(frozen=True)
class Summary:
    """Rows by table in words, files, and their bytes."""

    rows: list[tuple[str, str, int]]
    files: int
    file_bytes: int


def summary(vault: Vault) -> Summary:
    """Count what an export of the vault would hold now."""
    with one_state(vault) as source:
        return summary_of(source)


def summary_of(source: Source) -> Summary:
    """Count what an export of this state holds."""
    session = source.session
    rows = [
        (sheet.file, sheet.about, session.scalar(select(func.count(sheet.key))) or 0) for sheet in ALL_SHEETS
    ]
    for file, about, _, table, _ in ledgers(source):
        rows.append((file, about, session.scalar(select(func.count()).select_from(table)) or 0))
    files, size = session.execute(select(func.count(File.id), func.sum(File.size))).one()
    rows.append(("Files.csv", "Every photo and file, and where it lies", files))
    return Summary(rows, files, size or 0)
