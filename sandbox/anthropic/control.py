"""What tests tell the sandbox: its mode, and the slips of its next answers. No vendor has these paths."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.anthropic.errors import invalid
from sandbox.anthropic.slips import ORDERS, Slips

Mode = Literal["rules", "obedient"]


class ModeOrder(BaseModel):
    """`rules` is the planner; `obedient` also does whatever an injected `@@CALL {json}` orders."""

    model_config = ConfigDict(extra="forbid")

    mode: Mode


class Control:
    """The state that tests may change."""

    def __init__(self) -> None:
        self.mode: Mode = "rules"
        self.slips = Slips()

    async def show_mode(self, request: Request) -> JSONResponse:  # noqa: ARG002
        """`GET /_anthropic/mode`."""
        return JSONResponse({"mode": self.mode})

    async def set_mode(self, request: Request) -> JSONResponse:
        """`POST /_anthropic/mode` with `{"mode": "obedient"}` or `{"mode": "rules"}`."""
        try:
            self.mode = ModeOrder.model_validate_json(await request.body()).mode
        except ValidationError as error:
            raise invalid(str(error)) from error
        return JSONResponse({"mode": self.mode})

    async def add_slips(self, request: Request) -> JSONResponse:
        """`POST /_anthropic/slips` with a list of orders."""
        try:
            self.slips.add(ORDERS.validate_json(await request.body()))
        except ValidationError as error:
            raise invalid(str(error)) from error
        return JSONResponse({}, status_code=201)

    async def clear_slips(self, request: Request) -> JSONResponse:  # noqa: ARG002
        """`DELETE /_anthropic/slips`."""
        self.slips.clear()
        return JSONResponse({})
