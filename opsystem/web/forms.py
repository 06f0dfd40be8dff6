"""What stands in a form and what is wrong with it, for the field components.

A `FormState` carries raw text as it was typed, so that nobody types twice. It does not
validate: operations do, and their `Problem.fields` become the errors here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict

from opsystem.kit.errors import Problem


@dataclass(frozen=True)
class FormState:
    """Values by field name (text as typed), errors by field name, one message for the whole.

    `prefix` goes before the ids of the fields, for pages on which two forms share names.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    prefix: str = ""

    @classmethod
    def of(cls, sent: QueryDict, problem: Problem | None = None) -> FormState:
        """Return the state of a form that was sent, with what an operation said about it."""
        values = {name: sent.getlist(name) if len(sent.getlist(name)) > 1 else sent[name] for name in sent}
        if problem is None:
            return cls(values)
        return cls(values, problem.fields, problem.message)

    @classmethod
    def of_django(cls, form: BaseForm) -> FormState:
        """Return the state of a Django form (the accounts pages have them)."""
        values = {bound.html_name: bound.value() for bound in form}
        errors = {bound.html_name: _joined(bound.errors) for bound in form if bound.errors}
        return cls(values, errors, _joined(form.non_field_errors()))

    def value(self, name: str, otherwise: Any = "") -> Any:
        """Return what stands in a field."""
        value = self.values.get(name)
        return otherwise if value is None else value

    def chosen(self, name: str, value: object) -> bool:
        """Tell whether a choice with this value is taken (one of many, or the only one)."""
        standing = self.values.get(name)
        if isinstance(standing, (list, tuple, set, frozenset)):
            return str(value) in {str(one) for one in standing}
        return standing is not None and str(standing) == str(value)

    def error(self, name: str) -> str:
        """Return what is wrong with a field, or nothing."""
        return self.errors.get(name, "")

    def id(self, name: str) -> str:
        """Return the id of a field's element."""
        return self.prefix + name

    @property
    def is_bad(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self.errors or self.message)


def _joined(errors: Iterable[object]) -> str:
    return " ".join(str(error) for error in errors)
