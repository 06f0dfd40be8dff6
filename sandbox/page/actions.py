"""What is typed on the page: answers, mail, faults. Every action leads back to the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.arrival import CannotArriveError
from sandbox.faults import SCRIPT, Fault
from sandbox.forms import Fields, read_form
from sandbox.mailgun import inbound as mail_inbound
from sandbox.mailgun.inbound import Letter
from sandbox.page import letters
from sandbox.page.pages import Pages
from sandbox.stripe import acting
from sandbox.twilio import inbound as text_inbound
from sandbox.world import World


class Page:
    """The page's routes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._pages = Pages(world)

    def routes(self) -> list[Route | Mount]:
        """Every path of the page."""
        return [
            Route("/", self._pages.index),
            Route("/mail/{number:int}/html", self._pages.mail_html),
            Route("/phones/answer", self.answer, methods=["POST"]),
            Route("/mail/write", self.write, methods=["POST"]),
            Route("/mail/{number:int}/reply", self.reply, methods=["POST"]),
            Route("/payments/act", self.act, methods=["POST"]),
            Route("/faults/add", self.add_fault, methods=["POST"]),
            Route("/faults/clear", self.clear_faults, methods=["POST"]),
            Mount("/static", StaticFiles(packages=[("sandbox.page", "static")])),
        ]

    async def answer(self, request: Request) -> Response:
        """A text from a phone; a button with a word sends that word."""
        said = await _typed(request)
        body = said.get("word") or said.get("body")
        phone = said.get("phone").strip()
        try:
            text_inbound.receive(self._world, phone, said.get("to"), body)
        except CannotArriveError as error:
            return self._again(said, str(error), view="phones")
        return _back(said, view="phones", phone=phone)

    async def write(self, request: Request) -> Response:
        """A new mail from a person."""
        said = await _typed(request)
        letter = Letter(said.get("from"), said.get("to"), said.get("subject"), said.get("text"))
        return self._receive(said, letter)

    async def reply(self, request: Request) -> Response:
        """A reply to a mail, from the person who got it, quoting it as mail programs do."""
        said = await _typed(request)
        mail = letters.letter(self._world.store, request.path_params["number"])
        if mail is None or not mail["recipients"]:
            return self._again(said, "There is no such mail any more.", view="mail")
        quoted = "\n".join("> " + line for line in mail["text"].splitlines())
        text = f"{said.get('text')}\n\nOn {said.get('when')}, {mail['from']} wrote:\n{quoted}"
        subject = mail["subject"] if mail["subject"].lower().startswith("re:") else f"Re: {mail['subject']}"
        to = next(
            (value for name, value in mail["headers"].items() if name.lower() == "reply-to"), mail["from"]
        )
        sender = said.get("from") or mail["recipients"][0]
        if not said.get("text").strip():
            return self._again(said, "Write something first.", view="mail", message=str(mail["id"]))
        return self._receive(said, Letter(sender, to, subject, text, answers=mail["message_id"]))

    def _receive(self, said: Fields, letter: Letter) -> Response:
        try:
            mail_inbound.receive(self._world, letter)
        except CannotArriveError as error:
            return self._again(said, str(error), view="mail")
        return _back(said, view="mail")

    async def act(self, request: Request) -> Response:
        """What an owner or a bank does with a payment at Stripe."""
        said = await _typed(request)
        try:
            acting.act(self._world, said.get("payment"), said.get("what"))
        except CannotArriveError as error:
            return self._again(said, str(error), view="payments")
        return _back(said, view="payments")

    async def add_fault(self, request: Request) -> Response:
        """One more fault of the script; empty fields stay at their defaults."""
        said = await _typed(request)
        fault: dict[str, Any] = {name: said.get(name) for name in Fault.model_fields if said.get(name)}
        if said.get("match_field"):
            fault["match"] = {said.get("match_field"): said.get("match_text")}
        try:
            self._world.faults.add(SCRIPT.validate_python([fault]))
        except ValidationError as error:
            problems = [f"{problem['loc'][-1]}: {problem['msg']}" for problem in error.errors()]
            return self._again(said, "; ".join(problems), view="faults")
        self._world.store.tell()
        return _back(said, view="faults")

    async def clear_faults(self, request: Request) -> Response:
        """No faults any more."""
        self._world.faults.clear()
        self._world.store.tell()
        return _back(await _typed(request), view="faults")

    def _again(self, said: Fields, problem: str, **asked: str) -> Response:
        return self._pages.shown(said.starting("kept_") | asked, said.flat(), problem, status=422)


async def _typed(request: Request) -> Fields:
    fields, _ = read_form(request.headers.get("content-type", ""), await request.body())
    return Fields([(name, value.replace("\r\n", "\n")) for name, value in fields.pairs])


def _back(said: Fields, **asked: str) -> Response:
    """To the page, with what was open on it."""
    query = said.starting("kept_") | asked
    return RedirectResponse("/?" + urlencode({name: value for name, value in query.items() if value}), 303)
