"""What a row of a table must be beyond its columns, before it is taken in.

Everywhere else the journal's table and column names can be trusted, since only triggers write them. In an
archive somebody brings they are words like any other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final
from zoneinfo import available_timezones

from sqlalchemy import Table

from opsystem.operations import Role
from opsystem.vault import VaultSchema
from opsystem.vault.archives.row_lines import Misshapen
from opsystem.vault.rows import Stored

Rule = Callable[[Stored], None]
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+", re.ASCII)
# Values that every page relies on: one that is not known would stop the page.
_VALUES: Final[dict[str, tuple[tuple[str, Callable[[str], bool]], ...]]] = {
    "profile": (("zone", available_timezones().__contains__),),
    "member": (("role", frozenset(role.value for role in Role).__contains__),),
    "file": (("media_type", lambda text: _MEDIA_TYPE.fullmatch(text) is not None),),
}


def rules_of(schema: VaultSchema, table: Table) -> tuple[Rule, ...]:
    """Return what else the rows of a table must keep."""
    if table is schema.tables.change:
        return (_of_changes(schema),)
    return tuple(_of_values(table, column, is_known) for column, is_known in _VALUES.get(table.name, ()))


def _of_values(table: Table, column: str, is_known: Callable[[str], bool]) -> Rule:
    place = next(place for place, one in enumerate(table.columns) if one.name == column)

    def check(row: Stored) -> None:
        if not is_known(row[place]):
            raise Misshapen(f"“{column}” is nothing that is known here")

    return check


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
