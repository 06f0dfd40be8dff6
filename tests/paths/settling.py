"""A business with one of everything that an address or an operation can name."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from opsystem.control.tokens.keyring import make_token
from opsystem.lifecycle.opening import close_all_vaults
from opsystem.lifecycle.provisioning import start_business
from tests.paths.carriers import Visitor
from tests.paths.site import Answer, Site
from tests.product import PASSWORD
from tests.seed import person

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@contextmanager
def settled() -> Iterator[Visitor]:
    """Give Alice with her business, signed in and with a token."""
    alice = person(f"alice-{secrets.token_hex(4)}@example.com", "Alice")
    business = start_business(
        alice, name="Gulf Plumbing", phone="+12285550142", website="", industry="Plumbing"
    )
    _, token = make_token(alice, business, label="tests")
    with Site() as site:
        cookie, csrf = _sign_in(site, alice.email)
        visitor = Visitor(site, business.number, cookie, csrf, token, {"U": "U-2", "M": "M-1"})
        _fill(visitor)
        yield visitor
    close_all_vaults()


def _sign_in(site: Site, email: str) -> tuple[str, str]:
    """Sign in as people do; return the cookie and the token that forms carry."""
    page = site.call("GET", "/in")
    cookie = _cookie(page)
    form = urlencode({"login": email, "password": PASSWORD, "csrfmiddlewaretoken": _form_token(page)})
    kind = "application/x-www-form-urlencoded"
    done = site.call(
        "POST", "/in", body=form.encode(), cookie=cookie, content_type=kind, origin="http://localhost"
    )
    assert done.status == 302, done.status
    cookie = _cookie(done)
    return cookie, _form_token(site.call("GET", "/account", cookie=cookie))


def _cookie(answer: Answer) -> str:
    return answer.header(b"set-cookie").partition(b";")[0].decode()


def _form_token(answer: Answer) -> str:
    found = _TOKEN.search(answer.body)
    assert found, "the page has a form"
    return found[1].decode()


def _fill(visitor: Visitor) -> None:
    client = _make(visitor, "C", "add_client", name="Ana", street="1 Ash", city="Hurley")
    _make(visitor, "P", "add_property", client=client, street="2 Ash", city="Hurley")
    _make(visitor, "N", "add_note", about=client, text="Gate code 4411")
    _make(visitor, "U", "add_member", name="Bob", email="bob@example.com", role="technician")
    _make(visitor, "S", "add_price", name="Camera", price_cents=100)
    _make(visitor, "K", "add_checklist", name="Heater", items=["Photo"])
    _make(visitor, "X", "add_template", name="Late", body="{biz}: late")
    booked = _ask(
        visitor, "book_job", client=client, title="Heater", starts_at="2030-12-02T10:00", members=["U-1"]
    )
    visitor.refs.update(J=booked["ref"], V=booked["visit"])
    sent = visitor.upload(f"/api/v1/b/{visitor.number}/files", "permit.pdf", b"a permit")
    assert sent.status == 201, sent.body
    visitor.refs["F"] = json.loads(sent.body)["value"]["ref"]


def _make(visitor: Visitor, letter: str, operation: str, **given: object) -> str:
    visitor.refs[letter] = ref = str(_ask(visitor, operation, **given)["ref"])
    return ref


def _ask(visitor: Visitor, operation: str, **given: object) -> dict[str, str]:
    body = json.dumps(given).encode()
    answer = visitor.api("POST", f"/{operation}", body, content_type="application/json")
    assert answer.status == 200, answer.body
    value: dict[str, str] = json.loads(answer.body)["value"]
    return value
