"""The one family of expected problems.

    Problem
    ├── Invalid       what was given cannot be taken; `fields` says where and why
    ├── NotFound      there is no such thing, or the caller may not know of it
    ├── Forbidden     the caller may know of it, but not do this
    ├── Conflict      somebody or something changed it meanwhile
    ├── LimitReached  too large, too many, too often
    └── Unavailable   a needed part does not answer now; trying again may help

The heart raises them; each door translates them once (page, JSON, tool result).
Messages are whole sentences for the person who has to act on them.
"""

from __future__ import annotations

from collections.abc import Mapping


class Problem(Exception):
    """An expected problem, with a stable code and a sentence for a person."""

    kind = "problem"

    def __init__(self, message: str, *, code: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.kind
        self.fields = dict(fields or {})

    def as_dict(self) -> dict[str, object]:
        """Return the problem as the plain data that doors show."""
        return {"kind": self.kind, "code": self.code, "message": self.message, "fields": self.fields}


class Invalid(Problem):
    """What was given cannot be taken."""

    kind = "invalid"


class NotFound(Problem):
    """There is no such thing for this caller."""

    kind = "not_found"


class Forbidden(Problem):
    """The caller may not do this."""

    kind = "forbidden"


class Conflict(Problem):
    """The thing changed meanwhile, or its state does not allow this."""

    kind = "conflict"


class LimitReached(Problem):
    """Too large, too many or too often."""

    kind = "limit"


class Unavailable(Problem):
    """A needed part does not answer now."""

    kind = "unavailable"
