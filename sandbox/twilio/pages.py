"""Paging as Twilio does it: PageSize, Page, and a token that keeps the place while new items come in."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.forms import Fields
from sandbox.store import Row
from sandbox.twilio.manners import invalid

_NO_END = 2**62
_LARGEST = 1000


@dataclass(frozen=True)
class Paging:
    """Which page is asked for: items with an id below `before`, at most `size`."""

    page: int
    size: int
    before: int

    @classmethod
    def of(cls, query: Fields) -> Paging:
        """Read the fields of a list request."""
        size, page = query.get("PageSize", "50"), query.get("Page", "0")
        if not (size.isdecimal() and 1 <= int(size) <= _LARGEST):
            raise invalid(20001, f"Page size must be between 1 and {_LARGEST}")
        if not page.isdecimal():
            raise invalid(20001, "Page must be a number from 0")
        token = query.get("PageToken")
        if int(page) > 0 and not token:
            raise invalid(
                20001, "A page after the first is found by its PageToken only: follow next_page_uri"
            )
        if token and not (token.startswith("PT") and token[2:].isdecimal()):
            raise invalid(20001, "The PageToken is not valid")
        return cls(int(page), int(size), int(token[2:]) if token else _NO_END)

    def cut(self, rows: list[Row]) -> tuple[list[Row], str | None]:
        """The rows of this page out of `size` + 1, newest first, and the token of the next page."""
        shown = rows[: self.size]
        return shown, f"PT{shown[-1]['id']}" if len(rows) > self.size else None
