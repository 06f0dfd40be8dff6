"""The sub-application: `build(faults)` gives the vendor's paths, to be mounted under any prefix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from sandbox.anthropic.answering import Answering
from sandbox.anthropic.control import Control
from sandbox.anthropic.errors import ApiError, answer_error, answer_unknown_path
from sandbox.anthropic.ids import RequestIds
from sandbox.anthropic.models import list_models, show_model
from sandbox.faults import Faults

PACE = 0.004  # seconds between two events of a stream


def build(faults: Faults, pace: float = PACE) -> Starlette:
    """The Messages API with its own state. `pace` is in seconds between the events of a stream."""
    control = Control()
    answering = Answering(faults, control, pace)
    handlers = cast(
        "dict[Any, Callable[..., Any]]",
        {ApiError: answer_error, 404: answer_unknown_path, 405: answer_unknown_path},
    )
    return Starlette(
        routes=[
            Route("/v1/messages", answering.create, methods=["POST"]),
            Route("/v1/messages/count_tokens", answering.count_tokens, methods=["POST"]),
            Route("/v1/models", list_models),
            Route("/v1/models/{model_id}", show_model),
            Route("/_anthropic/mode", control.show_mode, methods=["GET"]),
            Route("/_anthropic/mode", control.set_mode, methods=["POST"]),
            Route("/_anthropic/slips", control.add_slips, methods=["POST"]),
            Route("/_anthropic/slips", control.clear_slips, methods=["DELETE"]),
        ],
        middleware=[Middleware(RequestIds)],
        exception_handlers=handlers,
    )
