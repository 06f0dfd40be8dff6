"""Every answer carries the standing headers; policy violations are counted without their content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from opsystem.config.csp_reports import reports_counted
from opsystem.config.headers import STANDING_HEADERS, HeadersAtTheRoot

pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def browser() -> Client:
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize("path", ["/in", "/up", "/", "/nowhere", "/account", "/invitations/none"])
def test_pages_redirects_and_errors_carry_all_headers(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert not [name for name in STANDING_HEADERS if name not in answer.headers]
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_refused_form_and_a_foreign_host_carry_all_headers(browser: Client) -> None:
    forged = Client(enforce_csrf_checks=True, HTTP_HOST="localhost").post("/in", {})
    foreign = browser.get("/in", HTTP_HOST="evil.example")
    assert (forged.status_code, foreign.status_code) == (403, 400)
    for answer in (forged, foreign):
        assert not [name for name in STANDING_HEADERS if name not in answer.headers]


def test_static_files_are_cached_for_ever_and_carry_the_policy(browser: Client, installation: Path) -> None:
    names = json.loads((installation / "data" / "static" / "staticfiles.json").read_text())["paths"]
    answer = browser.get(f"/static/{names['app.css']}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_answers_beside_django_carry_all_headers() -> None:
    def fine(_: object) -> PlainTextResponse:
        return PlainTextResponse("fine", headers={"Content-Security-Policy": "sandbox"})

    app = Starlette(routes=[Route("/fine", fine)], middleware=[Middleware(HeadersAtTheRoot)])
    client = TestClient(app)
    for path in ("/fine", "/nowhere"):
        headers = client.get(path).headers
        assert not [name for name in STANDING_HEADERS if name not in headers]
    assert client.get("/fine").headers["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(
            {"csp-report": {"effective-directive": "script-src-elem", "blocked-uri": "https://x.example"}}
        ),
        json.dumps({"csp-report": {"violated-directive": "img-src 'self'"}}),
        json.dumps({"csp-report": {}}),
        json.dumps([1]),
        "not json",
        "x" * 20_000,
    ],
)
def test_a_violation_is_counted_and_nothing_of_it_kept(browser: Client, body: str) -> None:
    before = reports_counted()
    answer = browser.post("/csp-reports", body, content_type="application/csp-report")
    assert answer.status_code == 204
    assert reports_counted() == before + 1
    assert not answer.cookies
