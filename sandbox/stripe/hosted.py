"""Stripe's own pages: where a client pays, and where an owner completes the account. No number leaves them.

The pages work without a script. After paying the browser is sent to the address the product named.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.call import RefusalError
from sandbox.forms import read_form
from sandbox.stripe import accounts, checkout
from sandbox.stripe.finishing import finish
from sandbox.stripe.methods import known_numbers
from sandbox.stripe.things import Thing, find, owner_of
from sandbox.world import World

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


class Hosted:
    """The pages' routes."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Every path of the pages."""
        return [
            Route("/_pay/{session}", self.pay, methods=["GET", "POST"]),
            Route("/_connect/{link}", self.connect, methods=["GET", "POST"]),
        ]

    async def pay(self, request: Request) -> Response:
        """The page of a Checkout session."""
        name = request.path_params["session"]
        try:
            account = owner_of(self._world, name)
            session = checkout.session_now(self._world, account, name)
        except (RefusalError, LookupError):
            return PlainTextResponse("There is no such page.", 404)
        problem, number = "", "4242 4242 4242 4242"
        if request.method == "POST":
            form, _ = read_form(request.headers.get("content-type", ""), await request.body())
            number = form.get("number")
            with self._world.store.writing():
                problem = finish(self._world, account, name, number, wallet=form.get("how") == "wallet")
            if not problem:
                back = session["success_url"].replace("{CHECKOUT_SESSION_ID}", name)
                return RedirectResponse(back, 303)
        elif session["status"] != "open":
            problem = "This page has been used or has expired."
        return _page("pay.html", session["success_url"], session=session, problem=problem, number=number,
                     numbers=known_numbers(), amount=_shown(session))  # fmt: skip

    async def connect(self, request: Request) -> Response:
        """The page on which an owner completes the account."""
        try:
            link = find(self._world, "", "link_page", request.path_params["link"])
        except RefusalError:
            return PlainTextResponse("There is no such page.", 404)
        if request.method == "POST":
            form, _ = read_form(request.headers.get("content-type", ""), await request.body())
            if form.get("do") != "leave":
                with self._world.store.writing():
                    accounts.complete(
                        self._world, link["account"], charges=True, payouts=form.get("do") == "all"
                    )
            return RedirectResponse(link["back"], 303)
        return _page("connect.html", link["back"], link=link)


def _shown(session: Thing) -> str:
    return f"${session['amount_total'] / 100:,.2f}" if session["mode"] == "payment" else ""


def _page(name: str, back: str, **said: object) -> Response:
    where = urlsplit(back)
    # A form's answer may lead to the product's own address, and nowhere else.
    policy = (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {where.scheme}://{where.netloc}"
    )
    page = _templates.get_template(name).render(**said)
    return HTMLResponse(page, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})
