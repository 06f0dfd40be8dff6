"""What the page shows. Five views of one page: phones, mail, payments, faults, requests."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from sandbox.faults import Kind
from sandbox.mailgun.addresses import MAGIC as MAGIC_ADDRESSES
from sandbox.page import letters, people
from sandbox.state import records
from sandbox.stripe import acting
from sandbox.twilio.phones import MAGIC as MAGIC_PHONES
from sandbox.twilio.records import friendly
from sandbox.world import World

VIEWS = ("phones", "mail", "payments", "faults", "requests")
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_ANCHOR = Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>')
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A mail is a stranger's page: no script, no host, no form; its links open beside the sandbox.
_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)

_MAIL_HEAD = (
    '<!doctype html><meta charset="utf-8"><base target="_blank">'
    "<style>body { margin: 16px; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }</style>"
)


def _clock(at: float) -> str:
    """A time on this machine's clock: today the hour only."""
    then, now = time.localtime(at), time.localtime()
    same_day = then[:3] == now[:3]
    return time.strftime("%H:%M" if same_day else "%b %d, %H:%M", then)


def _linked(text: str) -> Markup:
    """A text with its web addresses as links."""
    pieces, end = [], 0
    for found in _LINK.finditer(text):
        url = escape(found[0])
        pieces += [escape(text[end : found.start()]), _ANCHOR.format(url, url)]
        end = found.end()
    return Markup("").join([*pieces, escape(text[end:])])


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip
_templates.globals["at"] = lambda path: path  # where a path of the page is: the sandbox stands at the root
_templates.filters.update(clock=_clock, linked=_linked, friendly=friendly)


def secured(response: Response, policy: str = _POLICY) -> Response:
    """The answer with the headers of every page."""
    response.headers.update(
        {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            # With no-referrer a browser would post the page's own forms as Origin: null.
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
    )
    return response


class Pages:
    """The endpoints that show."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def index(self, request: Request) -> Response:
        """The page, in the view that its query names."""
        return self.shown(dict(request.query_params))

    def shown(
        self, asked: dict[str, str], typed: dict[str, str] | None = None, problem: str = "", status: int = 200
    ) -> Response:
        """The page for a query; `problem` is told on top, and what was typed stays."""
        view = asked.get("view", "phones")
        view = view if view in VIEWS else "phones"
        kept = {name: asked[name] for name in ("phone", "address", "message") if asked.get(name)}

        def link(**changes: Any) -> str:
            """This page with other choices."""
            query = {"view": view} | kept | changes
            return "/?" + urlencode({name: value for name, value in query.items() if value})

        parts = {"payments": self._payments, "faults": self._faults, "requests": self._requests}.get(
            view, lambda: self._desk(asked)
        )()
        page = _templates.get_template("page.html").render(
            view=view,
            news=self._world.store.news,
            problem=problem,
            typed=typed or {},
            link=link,
            kept=kept,
            **parts,
        )
        return secured(HTMLResponse(page, status))

    def _desk(self, asked: dict[str, str]) -> dict[str, Any]:
        """The phone and the mailbox, each with something open where there is anything."""
        store = self._world.store
        known = people.phones(store)
        phone = asked.get("phone") or (known[0]["phone"] if known else "")
        address, number = asked.get("address") or None, asked.get("message", "")
        mails = letters.letters(store, address)
        opened = letters.letter(store, int(number)) if re.fullmatch(r"\d{1,9}", number) else None
        return {
            "phones": known,
            "conversation": people.conversation(store, phone) if phone else None,
            "chosen_phone": bool(asked.get("phone")),
            "numbers": people.numbers(store),
            "addresses": letters.addresses(store),
            "address": address,
            "letters": mails,
            "letter": opened or (mails[0] if mails else None),
            "chosen_letter": opened is not None,
            "format": asked.get("format", ""),
            "domains": self._world.settings.mail_domains,
        }

    def _faults(self) -> dict[str, Any]:
        return {
            "faults": self._world.faults.pending(),
            "kinds": list(Kind),
            "magic_phones": MAGIC_PHONES.values(),
            "magic_addresses": MAGIC_ADDRESSES,
        }

    def _payments(self) -> dict[str, Any]:
        return {"payments": acting.payments(self._world)}

    def _requests(self) -> dict[str, Any]:
        store = self._world.store
        return {
            "requests": records.requests(store, 200),
            "counts": records.counts(store),
            "calls": [
                records.call(row) for row in store.all("SELECT * FROM callbacks ORDER BY id DESC LIMIT 100")
            ],
        }

    async def mail_html(self, request: Request) -> Response:
        """A mail's own HTML, for the frame that shows it."""
        found = letters.letter(self._world.store, request.path_params["number"])
        if found is None:
            return secured(PlainTextResponse("There is no such mail.", 404))
        html = _MAIL_HEAD + found["html"]
        return secured(HTMLResponse(html), _MAIL_POLICY)
