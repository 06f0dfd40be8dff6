"""`POST /v1/messages` and `/count_tokens`: check, plan, answer; under a fault, go wrong as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from sandbox.anthropic.access import check_sender
from sandbox.anthropic.cache import PromptCache
from sandbox.anthropic.cards import ModelCard
from sandbox.anthropic.control import Control
from sandbox.anthropic.errors import error_response, failing
from sandbox.anthropic.estimate import count, pieces
from sandbox.anthropic.obedience import obeyed
from sandbox.anthropic.planner.engine import plan_reply
from sandbox.anthropic.reply import Reply, message_of
from sandbox.anthropic.request.body import Body, CountBody
from sandbox.anthropic.request.read import read_body
from sandbox.anthropic.signing import check_signatures
from sandbox.anthropic.slips import check_spending, slipped, slipping
from sandbox.anthropic.stream import Event, encode, events_of
from sandbox.anthropic.thoughts import with_thoughts
from sandbox.connection import answer_with, drop_connection
from sandbox.faults import Fault, Faults, Kind


class Answering:
    """The two paths and what they remember: the prompt cache."""

    def __init__(self, faults: Faults, control: Control, pace: float) -> None:
        self._faults = faults
        self._control = control
        self._pace = pace
        self._cache = PromptCache()

    async def create(self, request: Request) -> Response:
        """Answer a message."""
        fault = self._next_fault(request, "messages.create")

        async def perform() -> Response:
            return await self._create(request, fault)

        return await answer_with(fault, perform, lambda told: _failed(request, told))

    async def count_tokens(self, request: Request) -> Response:
        """Count the tokens of a message without answering it."""
        fault = self._next_fault(request, "messages.count_tokens")

        async def perform() -> Response:
            key = check_sender(request)
            body, _ = read_body(CountBody, await request.body())
            check_signatures(key, body)
            return JSONResponse({"input_tokens": count(body)})

        return await answer_with(fault, perform, lambda told: _failed(request, told))

    def _next_fault(self, request: Request, operation: str) -> Fault | None:
        request.scope.setdefault("sandbox", {})["operation"] = operation  # for the sandbox's log of requests
        return self._faults.next_for("anthropic", operation)

    async def _create(self, request: Request, fault: Fault | None) -> Response:
        key = check_sender(request)
        body, card = read_body(Body, await request.body())
        check_signatures(key, body)
        slip = self._control.slips.next()
        check_spending(slip)
        prompt = self._cache.use(f"{key} {card.id}", card.cache_minimum, pieces(body))
        reply = slipped(self._reply(key, body, card), slip)
        if not body.stream:
            return JSONResponse(message_of(reply, card.id, prompt))
        events = slipping(events_of(reply, card.id, prompt), slip)
        return StreamingResponse(
            self._flow(request, events, fault),
            media_type="text/event-stream; charset=utf-8",
            headers={"cache-control": "no-cache"},
        )

    def _reply(self, key: str, body: Body, card: ModelCard) -> Reply:
        if body.max_tokens == 0:
            return Reply((), stop_reason="max_tokens")
        ordered = obeyed(body) if self._control.mode == "obedient" else None
        if ordered is not None:
            return ordered
        planned = with_thoughts(plan_reply(body), key, body, card)
        return planned.stopped_by(body.stop_sequences).cut_at(body.max_tokens)

    async def _flow(
        self, request: Request, events: Iterator[Event], fault: Fault | None
    ) -> AsyncIterator[bytes]:
        left = fault.after_events if fault is not None and fault.kind is Kind.CUT_STREAM else None
        for sent, event in enumerate(events):
            if left is not None and sent >= left:
                drop_connection(request.scope)
                return
            yield encode(event)
            await asyncio.sleep(self._pace)


def _failed(request: Request, fault: Fault) -> Response:
    return error_response(failing(fault.status, fault.retry_after), request.state.request_id)
