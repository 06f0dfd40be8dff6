"""Stripe's forms as nested values: `a[b][0]=c`, numeric names to lists, texts to what a schema asks for."""

from __future__ import annotations

import re
from typing import Any


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Named texts as nested objects and lists."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        path = [name.partition("[")[0], *re.findall(r"\[([^\[\]]*)\]", name)]
        place = tree
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = value
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    plain = {name: _lists(one) for name, one in value.items()}
    if plain and all(name.isdecimal() for name in plain):
        return [plain[name] for name in sorted(plain, key=int)]
    return plain


def typed(value: Any, schema: Any, document: dict[str, Any]) -> Any:
    """Texts turned into the integers and booleans that a schema describes."""
    while "$ref" in schema:
        place: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            place = place[part.replace("~1", "/").replace("~0", "~")]
        schema = place
    options = [schema, *schema.get("anyOf", [])]
    if isinstance(value, dict):
        for option in options:
            known = option if "$ref" not in option else _followed(option, document)
            if "properties" in known:
                fields = known["properties"]
                return {name: typed(one, fields.get(name, {}), document) for name, one in value.items()}
        return value
    if isinstance(value, list):
        items: dict[str, Any] = next((option["items"] for option in options if "items" in option), {})
        return [typed(one, items, document) for one in value]
    return _plain(value, {kind for option in options for kind in _kinds(option)})


def _followed(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    place: Any = document
    for part in schema["$ref"].removeprefix("#/").split("/"):
        place = place[part]
    return dict(place)


def _kinds(schema: dict[str, Any]) -> list[str]:
    kind = schema.get("type", [])
    return kind if isinstance(kind, list) else [kind]


def _plain(text: str, kinds: set[str]) -> Any:
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    if "integer" in kinds and re.fullmatch(r"-?\d+", text):
        return int(text)
    return text
