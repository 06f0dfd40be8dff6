"""A row as a line of JSON and back, without losing anything: what was stored is what is stored again.

Truth values are true and false, bytes an object of one field; everything else is as the database has it, so
times are texts in UTC. Reading is strict: a line that this room would not have written is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table

from opsystem.vault.rows import Stored
from opsystem.vault.tables import Moment

_LARGEST: Final = 1 << 63
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "), allow_nan=False).encode


@dataclass(frozen=True)
class Forms:
    """How a table's rows are written: its columns in order, and where truth values and bytes stand."""

    names: tuple[str, ...]
    special: tuple[tuple[int, Callable[[Any], Any]], ...]


def writer_of(table: Table) -> Forms:
    """Return how rows of a table are written."""
    special: list[tuple[int, Callable[[Any], Any]]] = []
    for place, column in enumerate(table.columns):
        if isinstance(column.type, Boolean):
            special.append((place, lambda value: bool(value) if value in (0, 1) else value))
        elif isinstance(column.type, LargeBinary):
            special.append((place, lambda value: {"bytes": value.hex()}))
    return Forms(tuple(column.name for column in table.columns), tuple(special))


def line_of(forms: Forms, row: Stored) -> bytes:
    """Return a stored row as a line of JSON."""
    values: Sequence[Any] = row
    if forms.special:
        values = list(row)
        for place, form in forms.special:
            values[place] = None if row[place] is None else form(row[place])
    return _ENCODE(dict(zip(forms.names, values, strict=True))).encode() + b"\n"


class Misshapen(ValueError):
    """A line is not a row of its table; the message says why, and no words of the row."""


class RowReader:
    """Reads the lines of one table."""

    def __init__(self, table: Table) -> None:
        self._forms = writer_of(table)
        self._columns = tuple((column, _taker(column)) for column in table.columns)

    def row(self, line: bytes) -> Stored:
        """Return the row of a line as it is to be stored. Raises Misshapen."""
        try:
            found = json.loads(line, object_pairs_hook=_pairs)
            if not isinstance(found, dict) or tuple(found) != self._forms.names:
                raise Misshapen("it has other columns than its table")
            row = tuple(take(column, found[column.name]) for column, take in self._columns)
            same = line_of(self._forms, row) == line
        except (UnicodeError, json.JSONDecodeError, RecursionError, ValueError) as error:
            raise Misshapen(str(error) if isinstance(error, Misshapen) else "it is not JSON") from None
        if not same:
            raise Misshapen("it is written in another way than an export writes")
        return row


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Misshapen("it names a column twice")
    return found


def _taker(column: Column[Any]) -> Callable[[Column[Any], Any], Any]:
    if isinstance(column.type, Boolean):
        return _truth
    if isinstance(column.type, Integer):
        return _number
    if isinstance(column.type, Float):
        return _fraction
    if isinstance(column.type, LargeBinary):
        return _bytes
    return _moment if isinstance(column.type, Moment) else _text


def _nothing(column: Column[Any], value: Any) -> bool:
    if value is None and not column.nullable:
        raise Misshapen(f"“{column.name}” is empty")
    return value is None


def _truth(column: Column[Any], value: Any) -> Any:
    if _nothing(column, value):
        return None
    if not isinstance(value, bool):
        raise _wrong(column)
    return int(value)


def _number(column: Column[Any], value: Any) -> Any:
    if _nothing(column, value):
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value < _LARGEST:
        raise _wrong(column)
    return value


def _fraction(column: Column[Any], value: Any) -> Any:
    if _nothing(column, value):
        return None
    if not isinstance(value, float):
        raise _wrong(column)
    return value


def _bytes(column: Column[Any], value: Any) -> Any:
    if _nothing(column, value):
        return None
    if not isinstance(value, dict) or tuple(value) != ("bytes",) or not isinstance(value["bytes"], str):
        raise _wrong(column)
    return bytes.fromhex(value["bytes"])


def _text(column: Column[Any], value: Any) -> Any:
    if _nothing(column, value):
        return None
    if not isinstance(value, str):
        raise _wrong(column)
    value.encode()  # half a letter is no text
    return value


def _moment(column: Column[Any], value: Any) -> Any:
    if _nothing(column, value):
        return None
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise _wrong(column)
    Moment().process_result_value(value, None)  # type: ignore[arg-type]
    return value


def _wrong(column: Column[Any]) -> Misshapen:
    return Misshapen(f"“{column.name}” is of another kind")
