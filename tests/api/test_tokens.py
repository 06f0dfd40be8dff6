"""A token reaches no farther than it was made for, and not more often than it may."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings

from opsystem.control.installation import Limits, installation
from opsystem.control.tokens.keyring import make_token
from opsystem.kit import clock
from tests.lifecycle.office import Office


def client(office: Office, **given: Any) -> Client:
    _, secret = make_token(office.alice, office.business, label="tests", **given)
    return Client(HTTP_HOST="localhost", headers={"Authorization": f"Bearer {secret}"})


def call(browser: Client, office: Office, name: str, /, **given: Any) -> Any:
    return browser.post(f"/api/v1/b/{office.number}/{name}", given, content_type="application/json")


def test_a_token_that_only_reads_changes_nothing(office: Office) -> None:
    reader = client(office, reach=0)
    assert call(reader, office, "list_clients").status_code == 200
    answer = call(reader, office, "add_client", name="Ana")
    assert (answer.status_code, answer.json()["code"]) == (403, "beyond_reach")
    assert call(reader, office, "list_clients").json()["value"]["total"] == 0


def test_a_token_for_clients_sees_no_jobs_and_is_not_offered_them(office: Office) -> None:
    narrow = client(office, areas=["clients"])
    assert call(narrow, office, "list_clients").status_code == 200
    assert call(narrow, office, "list_jobs").json()["code"] == "no_permission"
    offered = narrow.get(f"/api/v1/b/{office.number}").json()["operations"]
    assert {one["permission"].partition(".")[0] for one in offered} == {"clients"}


def test_one_call_too_many_is_told_when_to_go_on(office: Office) -> None:
    few = replace(installation(), limits=Limits(api_calls=2))
    browser = client(office)
    left = 60 - clock.now().second
    if left < 5:
        time.sleep(left)
    with override_settings(OPSYSTEM=few):
        answers = [call(browser, office, "list_clients") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[2].json()["code"] == "too_often"
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_an_error_is_told_as_rfc_9457_says(office: Office) -> None:
    answer = call(client(office), office, "add_client", name="")
    said = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= said.keys()
    assert said["status"] == answer.status_code == 422
    assert said["fields"] == {"name": "This is needed."}
    ended = client(office, lives=timedelta(0))
    assert call(ended, office, "list_clients")["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/api/v1/b/1/../nothing", "/api/v2", "/api/v1/b/x/list_clients"])
def test_an_address_that_is_none_is_told_so_as_json(office: Office, path: str) -> None:
    answer = client(office).get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
