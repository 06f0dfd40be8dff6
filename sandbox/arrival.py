"""What a person sends does not always arrive; the reason is told to whoever typed it."""

from __future__ import annotations


class CannotArriveError(Exception):
    """A text or mail that no network would bring; the message says why, in words for a page."""
