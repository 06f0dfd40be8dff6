"""Input schemas, read from an operation's own keyword arguments."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, create_model
from pydantic_core import ErrorDetails, to_jsonable_python

from opsystem.kit.errors import Invalid
from opsystem.kit.numbers import mask_all

# A page number times the rows of a page still fits into SQLite's 64 bits.
LARGEST = 10**15
_CONFIG = ConfigDict(extra="forbid", str_strip_whitespace=True, validate_default=False)

_PLAIN = {
    "missing": "This is needed.",
    "string_type": "This must be text.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "bool_parsing": "Say yes or no.",
    "date_from_datetime_parsing": "Give a date like 2026-11-24.",
    "date_parsing": "Give a date like 2026-11-24.",
    "datetime_from_date_parsing": "Give a date and a time.",
    "datetime_parsing": "Give a date and a time.",
    "extra_forbidden": "This is not known here.",
}


def input_model(name: str, function: Callable[..., Any]) -> type[BaseModel]:
    """Return the pydantic model of a function's keyword arguments (the first, `work`, left out)."""
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{name}: {parameter.name} must be a keyword argument")
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[parameter.name] = (hints[parameter.name], default)
    return create_model(name, __config__=_CONFIG, **fields)


def result_adapter(function: Callable[..., Any]) -> TypeAdapter[Any]:
    """Return the adapter that turns a function's result into JSON and back."""
    result: Any = get_type_hints(function, include_extras=True).get("return")
    return TypeAdapter(result)


def validate(model: type[BaseModel], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checked arguments. Raises Invalid with one sentence for each wrong field.

    Every door leads through here, so numbers of cards and bank accounts are taken out here, before anything
    is stored, journalled or sent (promise P1.4).
    """
    try:
        checked = model.model_validate(mask_all(given))
    except ValidationError as error:
        raise _invalid(error) from error
    values = {name: getattr(checked, name) for name in model.model_fields}
    _check_numbers(values)
    return values


def check_json(model: type[BaseModel], given: Mapping[str, Any]) -> None:
    """Raise Invalid unless each value has the type its JSON schema says: "true" is no boolean.

    Forms of pages send text only; programs are held to what was described to them.
    """
    try:
        model.model_validate_json(json.dumps(given), strict=True)
    except ValidationError as error:
        raise _invalid(error) from error


def _invalid(error: ValidationError) -> Invalid:
    fields = {".".join(str(part) for part in item["loc"]): _sentence(item) for item in error.errors()}
    return Invalid("Please check what is marked.", code="bad_input", fields=fields)


def _check_numbers(values: Mapping[str, Any]) -> None:
    """Refuse numbers that no database counts to; pydantic's integers have no end."""
    beyond = {name for name, value in values.items() if isinstance(value, int) and abs(value) > LARGEST}
    if beyond:
        fields = dict.fromkeys(beyond, "This number is too large.")
        raise Invalid("Please check what is marked.", code="bad_input", fields=fields)


def _sentence(item: ErrorDetails) -> str:
    kind, context = item["type"], item.get("ctx", {})
    if kind == "string_too_short":
        least = context.get("min_length", 1)
        return "This is needed." if least == 1 else f"Give at least {least} characters."
    if kind == "string_too_long":
        return f"This may have at most {context.get('max_length')} characters."
    if kind == "value_error":
        return str(context.get("error", item["msg"]))
    return _PLAIN.get(kind, f"{item['msg']}.")


def fingerprint(given: Mapping[str, Any]) -> str:
    """Return the SHA-256 of checked arguments, the same for the same arguments."""
    text = json.dumps(to_jsonable_python(dict(given)), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
