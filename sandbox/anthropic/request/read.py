"""From the bytes of a request to a body that passed every check, or the vendor's refusal."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import ValidationError

from sandbox.anthropic.cards import ModelCard, callable_card
from sandbox.anthropic.errors import ApiError, invalid
from sandbox.anthropic.request.body import CountBody
from sandbox.anthropic.request.breakpoints import check_breakpoints
from sandbox.anthropic.request.choices import check_choices
from sandbox.anthropic.request.tools import check_tools
from sandbox.anthropic.request.turns import check_turns

MAX_BYTES = 32 * 1024 * 1024  # https://platform.claude.com/docs/en/api/errors
_UNION_TAGS = frozenset({"user", "assistant", "system", "blocks"})  # ours, not names of fields
_Kind = TypeVar("_Kind", bound=CountBody)


def parse_json(raw: bytes) -> dict[str, Any]:
    """The JSON object of a request body; 413 above the vendor's limit, 400 for anything else."""
    if len(raw) > MAX_BYTES:
        raise ApiError(413, "Request exceeds the maximum allowed number of bytes.")
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise invalid(f"The request body is not valid JSON: {error}") from error
    if not isinstance(body, dict):
        raise invalid("Input should be a valid dictionary or object to extract fields from")
    return body


def read_body(kind: type[_Kind], raw: bytes) -> tuple[_Kind, ModelCard]:
    """Check a request wholly: shape, model, tools, turns, cache breakpoints. Raises `ApiError`."""
    try:
        body = kind.model_validate(parse_json(raw))
    except ValidationError as error:
        raise invalid(_words(error)) from error
    card = callable_card(body.model)
    check_choices(body, card)
    check_tools(body)
    check_turns(body, card)
    check_breakpoints(body)
    return body, card


def _words(error: ValidationError) -> str:
    """The first problem, as `messages.0.content.0.text: Field required`."""
    problems = error.errors(include_url=False, include_input=False)
    first = min(problems, key=lambda problem: problem["type"] == "missing" and len(problem["loc"]) > 1)
    path = ".".join(
        str(part) for index, part in enumerate(first["loc"]) if not _is_tag(first["loc"], index, part)
    )
    return f"{path}: {first['msg']}" if path else first["msg"]


def _is_tag(path: tuple[int | str, ...], index: int, part: int | str) -> bool:
    """Whether this part of the path is only the role by which the message's shape was chosen."""
    return (
        part in _UNION_TAGS
        and index > 0
        and (isinstance(path[index - 1], int) or path[index - 1] == "system")
    )
