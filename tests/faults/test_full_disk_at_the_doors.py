"""A full disk is answered with 507 and a plain sentence at every door, and is recovered from by itself."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import Client
from django.test.client import RequestFactory

from opsystem.config.failures import fault
from opsystem.control.tokens.keyring import make_token
from opsystem.lifecycle.opening import close_idle_vault, vault_in_use
from opsystem.lifecycle.provisioning import start_business
from tests.control.people import new_person
from tests.faults.disks import SmallDisk, may_mount, small_disk
from tests.lifecycle.office import Office, browser_of

NO_ROOM = 507


@contextmanager
def office_on_a_small_disk() -> Iterator[tuple[Office, SmallDisk]]:
    """Give Alice's business, its vault on a disk of 8 MB of its own."""
    assert may_mount(), "this test needs the right to mount a disk"
    alice = new_person("Alice")
    business = start_business(alice, name="Gulf", phone="+12285550142", website="", industry="Plumbing")
    path = business.vault.directory
    with vault_in_use(path) as vault:
        place = vault.path
    close_idle_vault(path)
    kept = place.with_name(f"{place.name}-kept")
    shutil.copytree(place, kept)
    with small_disk(place, "8m") as disk:
        shutil.copytree(kept, place, dirs_exist_ok=True)
        shutil.rmtree(kept)
        with vault_in_use(path) as vault:
            yield Office(business, vault, alice), disk
        close_idle_vault(path)


def test_pages_api_and_uploads_say_that_there_is_no_room_and_work_again(installation: object) -> None:  # noqa: ARG001
    with office_on_a_small_disk() as (office, disk):
        _, token = make_token(office.alice, office.business, label="tests")
        api = Client(HTTP_HOST="localhost", headers={"Authorization": f"Bearer {token}"})
        browser = browser_of(office.alice)
        add = f"/api/v1/b/{office.number}/add_client"
        note = json.dumps({"name": "Ana", "notes": "x" * 4000})
        upload = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
            + b"x" * 100_000
            + b"\r\n--x--\r\n"
        )

        def ask() -> dict[str, int]:
            form = "multipart/form-data; boundary=x"
            given = {"name": "Ana", "notes": "x" * 4000}
            return {
                "api": api.generic("POST", add, note, content_type="application/json").status_code,
                "upload": api.generic(
                    "POST", f"/api/v1/b/{office.number}/files", upload, content_type=form
                ).status_code,
                "page": browser.post(office.path("clients/new"), given).status_code,
            }

        assert ask() == {"api": 200, "upload": 201, "page": 303}
        disk.fill()
        assert ask() == dict.fromkeys(("api", "upload", "page"), NO_ROOM)
        told = browser.post(office.path("clients/new"), {"name": "Ana", "notes": "x" * 4000})
        assert "There is no room left" in told.content.decode()
        # Reading goes on.
        assert browser.get(office.path("clients")).status_code == 200
        disk.empty()
        assert ask() == {"api": 200, "upload": 201, "page": 303}


def test_a_full_disk_of_the_control_plane_is_said_as_well() -> None:
    for path, kind in (("/b/1/clients", "text/html"), ("/api/v1/b/1/clients", "application/problem+json")):
        request = RequestFactory(HTTP_HOST="localhost").get(path)
        try:
            try:
                Path("/dev/full").write_bytes(b"a session")
            except OSError as error:
                raise RuntimeError("saving the session failed") from error
        except RuntimeError:
            answer = fault(request)
        assert answer.status_code == NO_ROOM
        assert answer.headers["Content-Type"].startswith(kind)
        assert b"There is no room left" in answer.content
