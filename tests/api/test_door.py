"""The REST door takes bytes only from who may add files, and a file only with its bytes in hand."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opsystem.business.clients.operations import add_client
from opsystem.business.files.queries import show_file
from opsystem.control.accounts.models import Person
from opsystem.control.tokens.keyring import make_token
from tests.lifecycle.office import Office


def caller(office: Office, person: Person) -> Client:
    """Return somebody's API client; a fault of ours is an answer, not an exception."""
    _, secret = make_token(person, office.business, label="tests")
    headers = {"Authorization": f"Bearer {secret}"}
    return Client(HTTP_HOST="localhost", headers=headers, raise_request_exception=False)


def path(office: Office, rest: str) -> str:
    return f"/api/v1/b/{office.number}/{rest}"


def post(office: Office, person: Person, name: str, body: str) -> Any:
    return caller(office, person).generic("POST", path(office, name), body, content_type="application/json")


def test_stored_bytes_cannot_be_claimed_by_naming_them(office: Office) -> None:
    secret = office.vault.files.write(io.BytesIO(b"somebody else's permit"), limit=100).content_id
    body = f'{{"content_id": "{secret}", "name": "mine.txt"}}'
    assert post(office, office.alice, "add_file", body).status_code == 422
    form = {"file": SimpleUploadedFile("mine.txt", b"my own"), "content_id": secret}
    answer: Any = caller(office, office.alice).post(path(office, "files"), form)
    assert answer.status_code == 201
    ref = answer.json()["value"]["ref"]
    assert show_file.ask(office.vault, office.actor(office.alice), {"file": ref}).content_id != secret


def test_who_may_not_add_files_leaves_no_byte_behind(office: Office) -> None:
    dana = office.hire("Dana", "bookkeeper")
    form = {"file": SimpleUploadedFile("mine.txt", b"fills the disk")}
    before = sorted(one.name for one in office.vault.path.rglob("*") if one.is_file())
    assert caller(office, dana).post(path(office, "files"), form).status_code == 403
    after = sorted(one.name for one in office.vault.path.rglob("*") if one.is_file())
    assert [name for name in after if name not in before] == []


@pytest.mark.parametrize(
    "body",
    [
        "nonsense",
        "[1]",
        "3",
        "[" * 100_000,
        f'{{"page": {"9" * 5000}}}',
        '{"page": 1e400}',
        '{"text": "\\ud800"}',
    ],
)
def test_a_body_that_cannot_be_is_told_so(office: Office, body: str) -> None:
    answer = post(office, office.alice, "list_clients", body)
    assert answer.status_code == 422, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"


def test_asked_twice_with_one_key_it_is_done_once(office: Office) -> None:
    client = caller(office, office.alice)
    headers: Any = {"Idempotency-Key": "once"}
    say = {"data": '{"name": "Ana"}', "content_type": "application/json", "headers": headers}
    answers: list[Any] = [client.post(path(office, "add_client"), **say) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    made = add_client.perform(office.vault, office.actor(office.alice), {"name": "Eve"}).value
    assert made.ref == "C-2"
