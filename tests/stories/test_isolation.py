"""Carl owns another business. Through every address and operation there is, he gets nothing of Alice's.

Made from the product's own lists, so that whatever is added is tried from the day it is there.
"""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from opsystem.cli.inventory import operations, routes
from tests.product import Client, Product
from tests.stories.arguments import arguments
from tests.stories.planted import CANARIES, HIDDEN, Planted, plant

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ANYTHING = 7_311_119
_PARAMETER = re.compile(r"<(?:([a-z]+):)?([a-z_]+)>")
_LETTER = {
    "client": "C", "place": "P", "job": "J", "visit": "V", "file": "F", "price": "S", "member": "U",
    "change": "H", "checklist": "K", "template": "X", "thread": "T", "message": "M", "conversation": "Q",
    "proposal": "A",
}  # fmt: skip
# What differs between two answers to the same question, and says nothing.
_VARIES = re.compile(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')


@dataclass
class World:
    """Alice's business, Carl's, and the lists of all doors."""

    planted: Planted
    routes: list[dict[str, Any]]
    operations: list[dict[str, Any]]

    @property
    def number(self) -> int:
        """Alice's business."""
        return self.planted.alice.number

    @property
    def carl(self) -> Client:
        """Carl at the API."""
        return self.planted.carl

    def browser(self, name: str) -> Browser:
        """A browser in which somebody is signed in, in a session of its own."""
        return Browser(self.planted.product, (self.planted.cookie, self.planted.sessions[name].pop()))


@pytest.fixture(scope="module")
def world(product: Product) -> World:
    return World(plant(product), routes(Namespace()), operations(Namespace()))


class Browser:
    """Somebody at a browser, signed in or not, with a valid form token."""

    def __init__(self, product: Product, cookie: tuple[str, str] | None = None) -> None:
        self.session = requests.Session()
        # A server that answers without reading the body may close the line under the next request.
        self.session.headers["Connection"] = "close"
        self.base = product.url
        if cookie is not None:
            self.session.headers["Cookie"] = "=".join(cookie)
            page = self.send("GET", "/account").text
            found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            assert found, "a page of a signed-in person has a form"
            self.session.headers["X-CSRFToken"] = found[1]

    def send(self, method: str, path: str) -> requests.Response:
        """Send a request and return the answer itself, not where it leads."""
        data = {"request_id": "x", "text": "x", "name": "x"} if method != "GET" else None
        return self.session.request(method, self.base + path, data=data, allow_redirects=False, timeout=60)


def filled(path: str, number: int, refs: dict[str, str]) -> str:
    """Return an address with every parameter filled in."""

    def fill(match: re.Match[str]) -> str:
        name = match[2]
        if name == "number":
            return str(number)
        if name in _LETTER and _LETTER[name] in refs:
            return refs[_LETTER[name]].partition("-")[2]
        return "1" if match[1] == "int" else "a" * 64

    return _PARAMETER.sub(fill, path)


def of_businesses(world: World) -> Iterator[dict[str, Any]]:
    """Yield the pages that stand in a business, whoever serves them."""
    for route in world.routes:
        if "number" in route["parameters"]:
            yield route


def no_canary(answer: requests.Response, what: str) -> None:
    said = f"{answer.text} {answer.headers}".lower()
    for word in CANARIES:
        assert word not in said, f"{what}: {answer.status_code}"
    assert answer.status_code < 500, f"{what}: {answer.status_code} {answer.text[:300]}"


def test_every_address_and_operation_declares_who_may(world: World) -> None:
    assert len(world.routes) > 80
    assert len(world.operations) > 60
    assert [route["path"] for route in world.routes if not route["access"]] == []
    assert [one["name"] for one in world.operations if not one["permission"]] == []
    for route in of_businesses(world):
        inside = route["path"].startswith("/b/")
        assert route["is_permission"] == inside, route["path"]


def test_carl_gets_nothing_at_any_address(world: World) -> None:
    carl = world.browser("carl")
    token = Browser(world.planted.product)
    token.session.headers["Authorization"] = f"Bearer {world.carl.token}"
    for route in of_businesses(world):
        there = filled(route["path"], world.number, world.planted.hidden)
        nowhere = filled(route["path"], ANYTHING, world.planted.hidden)
        for who, methods in ((carl, METHODS), (token, ("GET",) if there.startswith("/b/") else METHODS)):
            for method in methods:
                what = f"{method} {there}"
                answer = who.send(method, there)
                no_canary(answer, what)
                allowed = {303, 401, 403, 404, 405}
                if who is carl and there.startswith("/b/"):
                    allowed = {404, 405}
                assert answer.status_code in allowed, f"{what}: {answer.status_code}"
                if answer.status_code == 303:
                    assert answer.headers["Location"].startswith("/in?next="), what
                if method not in {"GET", "POST"}:
                    continue
                other = who.send(method, nowhere)
                assert other.status_code == answer.status_code, what
                words = [
                    _VARIES.sub("", one.text).replace(str(number), "N")
                    for one, number in ((answer, world.number), (other, ANYTHING))
                ]
                assert words[0] == words[1], f"{what}: a foreign business differs from a missing one"
    assert carl.send("GET", f"/b/{world.carl.number}/clients").status_code == 200, "Carl is still signed in"


def test_nobody_gets_nothing_at_any_address(world: World) -> None:
    nobody = Browser(world.planted.product)
    for route in world.routes:
        path = filled(route["path"], world.number, world.planted.hidden)
        for method in ("GET", "POST"):
            answer = nobody.send(method, path)
            no_canary(answer, f"{method} {path}")
            if "number" in route["parameters"] and path.startswith(("/b/", "/api/")):
                assert answer.status_code in {303, 401, 403, 405}, f"{method} {path}: {answer.status_code}"


def test_at_the_addresses_of_his_own_account_carl_finds_nothing_of_alices(world: World) -> None:
    alone = [route for route in world.routes if "number" not in route["parameters"]]
    # Some of these end the session they are called in, so each has its own.
    for route in alone:
        carl = world.browser("carl")
        path = filled(route["path"], world.number, world.planted.hidden)
        for method in ("GET", "POST"):
            no_canary(carl.send(method, path), f"{method} {path}")


def test_no_operation_gives_carl_a_word_of_alices(world: World) -> None:
    planted, headers = world.planted, {"Authorization": f"Bearer {world.carl.token}"}
    asked = requests.get(
        f"{planted.product.url}/api/v1/b/{world.carl.number}", headers=headers, timeout=60
    ).json()
    schemas = {one["name"]: one["input"] for one in asked["operations"]}
    stranger = Client(planted.product, world.number, world.carl.token)
    for entry in world.operations:
        name = entry["name"]
        schema = schemas.get(name, {})
        answer = stranger.post(name, **arguments(schema, planted.hidden, word=HIDDEN[:4]))
        no_canary(answer, f"{name} in Alice's business")
        assert answer.status_code == 404, name
        assert answer.json()["code"] == "no_business", name
        for refs in (planted.hidden, planted.own):
            no_canary(world.carl.post(name, **arguments(schema, refs)), f"{name} in Carl's business")
    for file in range(1, 6):
        for client in (stranger, world.carl):
            address = f"{planted.product.url}/api/v1/b/{client.number}/files/{file}"
            no_canary(requests.get(address, headers=headers, timeout=60), f"file {file}")


def test_bob_reads_no_word_beyond_his_visits_through_the_api(world: World) -> None:
    planted, bob = world.planted, world.planted.bob
    headers = {"Authorization": f"Bearer {bob.token}"}
    base = f"{planted.product.url}/api/v1/b/{bob.number}"
    offered = {
        one["name"]: one for one in requests.get(base, headers=headers, timeout=60).json()["operations"]
    }
    for entry in world.operations:
        name = entry["name"]
        schema = offered[name]["input"] if name in offered else {}
        for refs in (planted.hidden, planted.own):
            answer = bob.post(name, **arguments(schema, refs))
            assert HIDDEN not in answer.text.lower(), name
            assert answer.status_code in {200, 403, 404, 409, 422}, f"{name}: {answer.status_code}"
            if name not in offered:
                assert answer.status_code == 403, name
        required = dict.fromkeys(schema.get("required", ()))
        if schema and not required:
            assert HIDDEN not in bob.post(name).text.lower(), f"{name} without arguments"
    for words in (HIDDEN, "bath", "gate code", "permit", "0188", "Maria"):
        found = bob.call("search_records", text=words)
        assert HIDDEN not in str(found).lower(), words
    files = [requests.get(f"{base}/files/{number}", headers=headers, timeout=60) for number in range(1, 8)]
    assert any(answer.status_code == 200 for answer in files)
    assert not any(HIDDEN in answer.text.lower() for answer in files)


def test_bob_reads_no_word_beyond_his_visits_on_any_page(world: World) -> None:
    bob = world.browser("bob")
    seen = 0
    for route in of_businesses(world):
        for refs in (world.planted.hidden, world.planted.own):
            path = filled(route["path"], world.number, refs)
            for method in ("GET", "POST") if refs is world.planted.hidden else ("GET",):
                answer = bob.send(method, path)
                assert HIDDEN not in answer.text.lower(), f"{method} {path}"
                assert answer.status_code < 500, f"{method} {path}: {answer.status_code}"
                seen += method == "GET" and answer.status_code == 200
    assert seen >= 10
    for text in (HIDDEN, "bath", "Maria", "0188"):
        assert HIDDEN not in bob.send("GET", f"/b/{world.number}/search?text=x{text}").text.lower().replace(
            f"x{HIDDEN}", ""
        )
