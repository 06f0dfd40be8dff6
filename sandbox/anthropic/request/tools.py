"""Checks of the tools a request offers.

Strict tools take only a part of JSON Schema:
https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
"""

from __future__ import annotations

from typing import Any

from sandbox.anthropic.errors import invalid
from sandbox.anthropic.request.body import CountBody

MAX_STRICT_TOOLS = 20
_NOT_IN_STRICT = frozenset(
    {
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "maxItems",
    }
)


def check_tools(body: CountBody) -> None:
    """Refuse tools the vendor would refuse."""
    names = [tool.name for tool in body.tools]
    if len(set(names)) != len(names):
        raise invalid("tools: Tool names must be unique.")
    for index, tool in enumerate(body.tools):
        where = f"tools.{index}.custom.input_schema"
        if tool.input_schema.get("type") != "object":
            raise invalid(f"{where}.type: Input should be 'object'")
        if {"anyOf", "oneOf", "allOf"} & tool.input_schema.keys():
            raise invalid(f"{where}: input_schema does not support oneOf, allOf, or anyOf at the top level")
        if tool.strict:
            _check_strict(tool.input_schema, f"tools.{index}.custom")
    strict = sum(tool.strict for tool in body.tools)
    if strict > MAX_STRICT_TOOLS:
        raise invalid(
            f"Too many strict tools ({strict}). The maximum number of strict tools supported is "
            f"{MAX_STRICT_TOOLS}."
        )


def _check_strict(schema: Any, where: str) -> None:
    if isinstance(schema, list):
        for part in schema:
            _check_strict(part, where)
        return
    if not isinstance(schema, dict):
        return
    kind = schema.get("type")
    if kind == "object" and schema.get("additionalProperties") is not False:
        raise invalid(
            f"{where}: For 'object' type, 'additionalProperties' must be explicitly set to false when strict "
            f"is true"
        )
    refused = sorted(_NOT_IN_STRICT & schema.keys()) if isinstance(kind, str | list) else []
    if refused:
        raise invalid(
            f"{where}: For '{kind}' type, property '{refused[0]}' is not supported when strict is true"
        )
    for name, part in schema.items():
        if name == "properties" and isinstance(part, dict):
            _check_strict(list(part.values()), where)
        elif name in {"items", "anyOf", "oneOf", "allOf", "$defs"}:
            _check_strict(list(part.values()) if name == "$defs" else part, where)
