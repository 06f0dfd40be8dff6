"""What a row of a table must be beyond its columns, before it is taken in.

Everywhere else the journal's table and column names can be trusted, since only triggers write them. In an
archive somebody brings they are words like any other.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Table

from opsystem.vault import VaultSchema
from opsystem.vault.row_lines import Misshapen
from opsystem.vault.rows import Stored

Rule = Callable[[Stored], None]


def rules_of(schema: VaultSchema, table: Table) -> tuple[Rule, ...]:
    """Return what else the rows of a table must keep."""
    return (_of_changes(schema),) if table is schema.tables.change else ()


def _of_changes(schema: VaultSchema) -> Rule:
    places = {column.name: place for place, column in enumerate(schema.tables.change.columns)}
    known = {table.name: {column.name for column in table.columns} for table in schema.journalled}

    def check(row: Stored) -> None:
        columns = known.get(row[places["table_name"]])
        if columns is None:
            raise Misshapen("it speaks of a table that is not there")
        for side in ("before", "after"):
            image = row[places[side]]
            if image is not None and not _is_image(image, columns):
                raise Misshapen(f"“{side}” is not a row of its table")

    return check


def _is_image(text: str, columns: set[str]) -> bool:
    try:
        image: Any = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(image, dict) and image.keys() <= columns and not any(map(_is_nested, image.values()))


def _is_nested(value: Any) -> bool:
    return isinstance(value, (dict, list))
