"""The JSON paths: `/_state/...`, `/_faults`, `/_reset`, `/_news`, `/_health`."""

from __future__ import annotations

import json
from collections import deque
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.arrival import CannotArriveError
from sandbox.faults import SCRIPT
from sandbox.mailgun import inbound as mail_inbound
from sandbox.state import records
from sandbox.twilio import inbound as text_inbound
from sandbox.twilio.numbers import own_first_numbers
from sandbox.world import World


class Answer(BaseModel):
    """A text that a person sends: `to` is the number of the business, `body` the words."""

    model_config = ConfigDict(extra="forbid")
    to: str
    body: str


class Mail(BaseModel):
    """A mail that a person sends."""

    model_config = ConfigDict(extra="forbid")
    sender: str = Field(alias="from")
    to: str
    subject: str = ""
    text: str = ""
    html: str = ""
    in_reply_to: str = ""


class Paths:
    """The endpoints, with what they need."""

    def __init__(self, world: World, exchanges: deque[dict[str, Any]] | None) -> None:
        self._world = world
        self._exchanges = exchanges

    def routes(self) -> list[Route]:
        """Every path with its endpoint."""
        return [
            Route("/_health", self.health),
            Route("/_news", self.news),
            Route("/_reset", self.reset, methods=["POST"]),
            Route("/_faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/_state/twilio/messages", self.texts),
            Route("/_state/twilio/numbers", self.numbers),
            Route("/_state/twilio/opt_outs", self.opt_outs),
            Route("/_state/phones/{number}/answer", self.answer, methods=["POST"]),
            Route("/_state/mail", self.mails),
            Route("/_state/mail/inbound", self.inbound, methods=["POST"]),
            Route("/_state/callbacks", self.callbacks),
            Route("/_state/pending", self.pending),
            Route("/_state/requests", self.requests),
            Route("/_state/exchanges", self.exchanges),
        ]

    async def health(self, _: Request) -> Response:
        """That the sandbox serves."""
        return JSONResponse({"sandbox": "serving"})

    async def news(self, _: Request) -> Response:
        """A word that changes with every change a page shows."""
        return JSONResponse({"news": self._world.store.news})

    async def reset(self, _: Request) -> Response:
        """Forget everything but what the sandbox was started with."""
        self._world.store.reset()
        own_first_numbers(self._world)
        self._world.faults.clear()
        if self._exchanges is not None:
            self._exchanges.clear()
        return Response(status_code=204)

    async def faults(self, request: Request) -> Response:
        """The script: read, add to it, empty it."""
        if request.method == "DELETE":
            self._world.faults.clear()
        elif request.method == "POST":
            try:
                self._world.faults.add(SCRIPT.validate_json(await request.body()))
            except ValidationError as error:
                return _problems(error)
        self._world.store.tell()
        return JSONResponse([fault.model_dump(mode="json") for fault in self._world.faults.pending()])

    async def texts(self, request: Request) -> Response:
        """Every text, or those of `?from=`, `?to=`, `?person=`."""
        names = {"from": "sender", "to": "recipient", "person": "person"}
        wanted = {names[name]: value for name, value in request.query_params.items() if name in names}
        return JSONResponse(records.texts(self._world.store, **wanted))

    async def numbers(self, _: Request) -> Response:
        """The account's numbers in use."""
        rows = self._world.store.all(
            "SELECT phone, sid, options FROM numbers WHERE released IS NULL ORDER BY id"
        )
        return JSONResponse([dict(row) | {"options": json.loads(row["options"])} for row in rows])

    async def opt_outs(self, _: Request) -> Response:
        """The blocked pairs."""
        rows = self._world.store.all("SELECT ours, person FROM opt_outs ORDER BY since")
        return JSONResponse([dict(row) for row in rows])

    async def answer(self, request: Request) -> Response:
        """Send a text as the person with this phone number."""
        try:
            said = Answer.model_validate_json(await request.body())
            sid = text_inbound.receive(self._world, request.path_params["number"], said.to, said.body)
        except ValidationError as error:
            return _problems(error)
        except CannotArriveError as error:
            return JSONResponse({"problem": str(error)}, 409)
        return JSONResponse({"sid": sid}, 201)

    async def mails(self, request: Request) -> Response:
        """Every mail, or with `?to=` those in one mailbox."""
        return JSONResponse(records.mails(self._world.store, request.query_params.get("to")))

    async def inbound(self, request: Request) -> Response:
        """Send a mail as a person."""
        try:
            said = Mail.model_validate_json(await request.body())
            letter = mail_inbound.Letter(
                said.sender, said.to, said.subject, said.text, said.html, said.in_reply_to.strip("<> ")
            )
            message_id = mail_inbound.receive(self._world, letter)
        except ValidationError as error:
            return _problems(error)
        except CannotArriveError as error:
            return JSONResponse({"problem": str(error)}, 409)
        return JSONResponse({"message_id": message_id}, 201)

    async def callbacks(self, _: Request) -> Response:
        """Every call to the product."""
        rows = self._world.store.all("SELECT * FROM callbacks ORDER BY id")
        return JSONResponse([records.call(row) for row in rows])

    async def pending(self, _: Request) -> Response:
        """How much the vendors still have to do."""
        store = self._world.store
        jobs = store.get("SELECT count(*) AS count FROM jobs")["count"]
        calls = store.get("SELECT count(*) AS count FROM callbacks WHERE due IS NOT NULL")["count"]
        return JSONResponse({"jobs": jobs, "callbacks": calls})

    async def requests(self, _: Request) -> Response:
        """The request log and its counts."""
        store = self._world.store
        return JSONResponse({"counts": records.counts(store), "entries": records.requests(store, 500)})

    async def exchanges(self, _: Request) -> Response:
        """What went over the wire, where the sandbox records it."""
        if self._exchanges is None:
            return JSONResponse({"problem": "Start the sandbox with --record to keep exchanges."}, 409)
        return JSONResponse(list(self._exchanges))


def _problems(error: ValidationError) -> Response:
    return JSONResponse({"problems": json.loads(error.json(include_input=False, include_url=False))}, 400)
