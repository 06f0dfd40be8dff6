"""The JSON paths of payments: what was paid at Stripe, and what people do with it there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.arrival import CannotArriveError
from sandbox.stripe import acting
from sandbox.world import World


class PaymentPaths:
    """The endpoints, with what they need."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Every path with its endpoint."""
        return [
            Route("/_state/stripe/payments", self.payments),
            Route("/_state/stripe/payments/{intent}/{what}", self.act, methods=["POST"]),
        ]

    async def payments(self, _: Request) -> Response:
        """Every payment."""
        return JSONResponse(acting.payments(self._world))

    async def act(self, request: Request) -> Response:
        """Refund, dispute, win, lose, settle, fail or resend; `?cents=` for a part."""
        cents = request.query_params.get("cents", "")
        try:
            acting.act(
                self._world,
                request.path_params["intent"],
                request.path_params["what"],
                int(cents) if cents.isdecimal() else None,
            )
        except CannotArriveError as error:
            return JSONResponse({"problem": str(error)}, 409)
        return JSONResponse({"done": request.path_params["what"]})
