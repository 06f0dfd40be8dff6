"""An answer in a JSON format that the request demands: empty, since nothing here is understood."""

from __future__ import annotations

import json
from typing import Any


def answer_in_format(schema: dict[str, Any]) -> str:
    """The emptiest JSON that fits the schema."""
    return json.dumps(_empty(schema, schema))


def _empty(schema: dict[str, Any], root: dict[str, Any]) -> Any:
    target = schema.get("$ref", "")
    if target.startswith("#/$defs/"):
        return _empty(root.get("$defs", {}).get(target.removeprefix("#/$defs/"), {}), root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return None if None in schema["enum"] else schema["enum"][-1]
    options = schema.get("anyOf") or schema.get("oneOf") or []
    if any(option.get("type") == "null" for option in options):
        return None
    if options:
        return _empty(options[0], root)
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = "null" if "null" in kind else kind[0]
    if kind == "object":
        required = schema.get("required", list(schema.get("properties", {})))
        return {name: _empty(schema.get("properties", {}).get(name, {}), root) for name in required}
    empties: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": []}
    return empties.get(str(kind))
