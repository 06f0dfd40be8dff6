"""With an https origin the site insists on TLS, behind as many proxies as its settings name."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.testing import free_port
from tests.environment import prepare
from tests.processes import running

HOST = "app.opsystem.example"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, installation: Path) -> Iterator[int]:
    home: Path = tmp_path_factory.mktemp("https")
    port = free_port()
    environment = prepare(
        home,
        base_url=f"https://{HOST}",
        OPSYSTEM_TRUSTED_PROXIES="1",
        OPSYSTEM_DATABASE_URL=f"sqlite://{installation}/data/control.sqlite3",
        OPSYSTEM_STATIC_DIR=f"{installation}/data/static",
    )
    arguments = ["-m", "granian", "--interface", "asgi", "--port", str(port), "--no-access-log"]
    with running(
        *arguments, "opsystem.config.asgi:application", port=port, log=home / "log", environment=environment
    ):
        yield port


def get(port: int, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request(
        "GET", "/in", headers={"Host": HOST} | {k.replace("_", "-"): v for k, v in headers.items()}
    )
    return connection.getresponse()


def test_a_request_without_tls_is_sent_to_https(port: int) -> None:
    answer = get(port, X_Forwarded_Proto="http")
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/in"


def test_a_request_over_tls_is_answered_with_hsts_and_a_secure_cookie(port: int) -> None:
    answer = get(port, X_Forwarded_Proto="https", X_Forwarded_For="192.0.2.8")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


def test_another_host_is_refused(port: int) -> None:
    assert get(port, X_Forwarded_Proto="https", Host="evil.example").status == 400
