"""Stripe's forms: `a[b][0]=c` into nested values, with refusal of what an operation does not know.

https://docs.stripe.com/api (form-encoded requests). An unknown parameter is an error of Stripe's own:
`parameter_unknown`, so that a misspelt field is never silently left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.forms import Fields
from sandbox.stripe.manners import invalid

_PART = re.compile(r"\[([^\[\]]*)\]")
_MOST_CENTS = 99_999_999


class Params:
    """The parameters of one request; each `take` checks one, `done` refuses what nobody took."""

    def __init__(self, given: Mapping[str, Any], prefix: str = "") -> None:
        self._left = dict(given)
        self._prefix = prefix

    @classmethod
    def of(cls, fields: Fields) -> Params:
        """Read a form or a query."""
        tree: dict[str, Any] = {}
        for name, value in fields.pairs:
            head = name.partition("[")[0]
            path = [head, *_PART.findall(name)]
            place = tree
            for part in path[:-1]:
                place = place.setdefault(part, {})
                if not isinstance(place, dict):
                    raise invalid(f"Invalid object: {name}", name)
            if path[-1] == "":
                path[-1] = str(len(place))
            place[path[-1]] = value
        return cls(tree)

    def _name(self, name: str) -> str:
        return f"{self._prefix}[{name}]" if self._prefix else name

    def text(self, name: str, default: str | None = None, *, among: tuple[str, ...] = ()) -> str | None:
        """A text, or one of a few."""
        value = self._left.pop(name, default)
        if isinstance(value, dict):
            raise invalid("Invalid string", self._name(name))
        if value and among and value not in among:
            raise invalid(f"Invalid {self._name(name)}: must be one of {', '.join(among)}", self._name(name))
        return value or None

    def needed(self, name: str, *, among: tuple[str, ...] = ()) -> str:
        """A text that must be there."""
        value = self.text(name, among=among)
        if not value:
            raise invalid(
                f"Missing required param: {self._name(name)}.", self._name(name), "parameter_missing"
            )
        return value

    def whole(self, name: str) -> int | None:
        """A whole number."""
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?\d{1,15}", value):
            raise invalid(f"Invalid integer: {value}", self._name(name), "parameter_invalid_integer")
        return int(value)

    def cents(self, name: str, *, least: int = 50) -> int:
        """An amount in cents; Stripe takes 50 cents at least and eight digits at most."""
        value = int(self.whole(name) if self.needed_there(name) else 0)  # type: ignore[arg-type]
        if value < 1:
            raise invalid("This value must be greater than or equal to 1.", self._name(name))
        if value < least:
            raise invalid("Amount must be at least $0.50 usd", self._name(name), "amount_too_small")
        if value > _MOST_CENTS:
            raise invalid("Amount must be no more than $999,999.99", self._name(name), "amount_too_large")
        return value

    def needed_there(self, name: str) -> bool:
        """Refuse when a parameter is missing."""
        if name not in self._left:
            raise invalid(
                f"Missing required param: {self._name(name)}.", self._name(name), "parameter_missing"
            )
        return True

    def truth(self, name: str) -> bool:
        """True or false; false when it is missing."""
        return self.text(name, "false", among=("true", "false")) == "true"

    def part(self, name: str) -> Params:
        """A nested object; empty when it is missing."""
        value = self._left.pop(name, {})
        if not isinstance(value, dict):
            raise invalid("Invalid object", self._name(name))
        return Params(value, self._name(name))

    def items(self, name: str) -> list[Params]:
        """A list of objects."""
        value = self._left.pop(name, {})
        if not isinstance(value, dict):
            raise invalid("Invalid array", self._name(name))
        return [Params(one, f"{self._name(name)}[{index}]") for index, one in sorted(value.items())]

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        value = self._left.pop(name, {})
        if not isinstance(value, dict) or any(isinstance(one, dict) for one in value.values()):
            raise invalid("Invalid array", self._name(name))
        return [value[index] for index in sorted(value)]

    def metadata(self, name: str = "metadata") -> dict[str, str]:
        """Up to 50 pairs; names of 40 and values of 500 characters at most."""
        value = self._left.pop(name, {})
        if not isinstance(value, dict) or any(isinstance(one, dict) for one in value.values()):
            raise invalid("Invalid object", self._name(name))
        if len(value) > 50 or any(len(key) > 40 or len(one) > 500 for key, one in value.items()):
            raise invalid("Metadata is too large.", self._name(name))
        return dict(value)

    def done(self) -> None:
        """Refuse what nobody took."""
        if self._left:
            name = self._name(next(iter(self._left)))
            raise invalid(f"Received unknown parameter: {name}", name, "parameter_unknown")
