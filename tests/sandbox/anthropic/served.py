"""The Anthropic sandbox alone, as granian serves it to these tests, where the whole one mounts it."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from sandbox.anthropic.app import build
from sandbox.faults import SCRIPT, Faults

_faults = Faults()


async def _set_faults(request: Request) -> JSONResponse:
    _faults.clear()
    if request.method == "POST":
        _faults.add(SCRIPT.validate_json(await request.body()))
    return JSONResponse({})


app = Starlette(
    routes=[
        Mount("/anthropic", build(_faults, pace=0.0)),
        Route("/_faults", _set_faults, methods=["POST", "DELETE"]),
    ]
)
