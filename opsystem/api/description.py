"""The API described in OpenAPI 3.1, made from the catalogue: what this caller may call, and how."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from opsystem.api.problems import STATUSES, TITLES
from opsystem.operations import CATALOGUE, Actor, Declared, Operation, Permission

_SCHEMAS = "#/components/schemas/{model}"
_BUSINESS = {
    "name": "business",
    "in": "path",
    "required": True,
    "description": "The number of the business, as in the address of its pages.",
    "schema": {"type": "integer", "minimum": 1},
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A key of your own, best a UUID: the same call with the same key is performed once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "kind", "code", "fields"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for a person."},
        "kind": {"enum": sorted(TITLES)},
        "code": {"type": "string", "description": "Stable; programs may rely on it."},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def described_to(actor: Actor, base_url: str) -> dict[str, Any]:
    """Return the OpenAPI document of all that an actor may call."""
    return {**_document(actor.permissions, actor.reach), "servers": [{"url": base_url}]}


@lru_cache(maxsize=32)
def _document(permissions: frozenset[Permission], reach: int) -> dict[str, Any]:
    offered = [one for one in CATALOGUE if one.permission in permissions and one.effect <= reach]
    schemas, shared = TypeAdapter.json_schemas(
        [(one.name, "validation", TypeAdapter(one.input)) for one in offered]
        + [(one.name, "serialization", one.result) for one in offered],
        ref_template=_SCHEMAS,
    )
    schemas, shared = _of_wall_clocks(schemas), _of_wall_clocks(shared)
    paths = {
        f"/api/v1/b/{{business}}/{one.name}": {
            "post": _call(one, schemas[one.name, "validation"], schemas[one.name, "serialization"])
        }
        for one in offered
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OpSystem",
            "version": "1",
            "description": "Every operation and query of one business that this token may use.",
        },
        "paths": paths,
        "components": {
            "schemas": {**shared.get("$defs", {}), "Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _of_wall_clocks(schema: Any) -> Any:
    """Return a schema in which a time is one of a wall clock: the format `time` of JSON Schema has a zone."""
    if isinstance(schema, list):
        return [_of_wall_clocks(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: _of_wall_clocks(part) for name, part in schema.items()}
    if parts.get("format") == "time":
        del parts["format"]
        parts["pattern"] = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$"
    return parts


def _call(one: Declared[Any], given: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    does = isinstance(one, Operation)
    answer: dict[str, Any] = {
        "type": "object",
        "required": ["value", "change"] if does else ["value"],
        "properties": {"value": result, **({"change": {"type": ["string", "null"]}} if does else {})},
    }
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": one.name,
        "summary": one.label,
        "description": one.description,
        "tags": [one.function.__module__.split(".")[2]],
        "x-permission": one.permission.value,
        "x-effect": one.effect.name.lower(),
        "parameters": [_BUSINESS, _KEY] if does else [_BUSINESS],
        "requestBody": {"required": "required" in given, "content": {"application/json": {"schema": given}}},
        "responses": {
            "200": {"description": "Done.", "content": {"application/json": {"schema": answer}}},
            **{str(status): {"description": "A problem.", "content": problem} for status in STATUSES},
        },
    }
