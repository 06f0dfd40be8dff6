"""Who may speak here: a key in `Authorization: Bearer` or `x-api-key`, and the API version header.

The sandbox takes every key that begins with `sk-ant-`, so that businesses may have keys of their own. It
refuses all others, and those that look like real ones (`sk-ant-api03-...`): they do not belong here.
"""

from __future__ import annotations

import re

from starlette.requests import Request

from sandbox.anthropic.errors import ApiError, invalid

_KEY = re.compile(r"sk-ant-(?!(?:api|admin|oat|ort|sid)\d\d-)[\w-]{4,200}")
API_VERSION = "2026-10-21"


def check_sender(request: Request) -> str:
    """Return the key of the sender, or refuse as the vendor does (401 for the key, 400 for the version)."""
    key = _key(request)
    version = request.headers.get("anthropic-version")
    if version is None:
        raise invalid("anthropic-version: header is required")
    if version != API_VERSION:
        raise invalid(
            f'anthropic-version: "{version}" is not a version the sandbox speaks, only {API_VERSION}'
        )
    return key


def _key(request: Request) -> str:
    bearer = request.headers.get("authorization")
    if bearer is not None:
        scheme, _, key = bearer.partition(" ")
        if scheme.lower() != "bearer" or _KEY.fullmatch(key) is None:
            raise ApiError(401, "Invalid bearer token")
        return key
    plain = request.headers.get("x-api-key")
    if plain is None:
        raise ApiError(401, "x-api-key header is required")
    if _KEY.fullmatch(plain) is None:
        raise ApiError(401, "invalid x-api-key")
    return plain
