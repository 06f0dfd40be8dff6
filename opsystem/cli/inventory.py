"""Commands that list what there is, with the permission each thing needs."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from opsystem.business import nouns
from opsystem.operations import CATALOGUE, Operation, Role
from opsystem.operations.permissions import ROLE_PERMISSIONS, Permission

_CONVERTER = re.compile(r"<[a-z]+:([a-z_]+)>")


def operations(given: argparse.Namespace) -> list[dict[str, Any]]:  # noqa: ARG001
    """List every operation and query with its permission."""
    return [
        {
            "name": entry.name,
            "kind": "operation" if isinstance(entry, Operation) else "query",
            "label": entry.label,
            "permission": entry.permission,
            "effect": entry.effect.name.lower(),
            "roles": [role for role in Role if entry.permission in ROLE_PERMISSIONS[role]],
            "assistant": entry.assistant,
            "switch": entry.switch,
        }
        for entry in CATALOGUE
    ]


def routes(given: argparse.Namespace) -> list[dict[str, Any]]:  # noqa: ARG001
    """List every address with the permission it needs."""
    return list(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[dict[str, Any]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, path)
            continue
        access = getattr(pattern.callback, "access", None)
        yield {
            "path": "/" + path,
            "name": pattern.name,
            "access": str(access) if access is not None else None,
            "is_permission": isinstance(access, Permission),
            "parameters": _CONVERTER.findall(path),
        }


# Importing the nouns is what fills the catalogue.
SCHEMA_VERSION = nouns.SCHEMA.version

COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "operations": (operations, {}),
    "routes": (routes, {}),
}
