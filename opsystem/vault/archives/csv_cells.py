"""Tables as CSV that a spreadsheet opens rightly and runs nothing of.

UTF-8 with its mark, since Excel takes a file without it for another encoding; CRLF and quotes by RFC 4180. A
cell a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"); one that
already begins like that gets another, so that reading back is exact. Plain numbers, also negative ones, stay
numbers.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

Cell = str | int | float | Decimal | bool | date | datetime | None

_MARK: Final = b"\xef\xbb\xbf"
_BLOCK: Final = 65_536
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def cell_text(value: Cell) -> str:
    """Return what stands in the file for a value. Times are ISO 8601, truth is yes or no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _FORMULA.match(value) and not _PLAIN_NUMBER.fullmatch(value):
        return f"'{value}"
    return str(value)


def text_of_cell(cell: str) -> str:
    """Return the text that was written as this cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a table in pieces of about 64 KiB; the rows are taken one by one."""
    page = io.StringIO(newline="")
    write = csv.writer(page).writerow
    yield _MARK
    write([cell_text(name) for name in header])
    for row in rows:
        write([cell_text(value) for value in row])
        if page.tell() >= _BLOCK:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()
