"""A large upload never lies plain on a disk, not even while it comes in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from django.test import Client

from opsystem.config.uploads import SealedUpload, SealedUploadHandler
from opsystem.control.tokens.keyring import make_token
from tests.lifecycle.office import Office, office

__all__ = ["office"]

PIECE = 64 * 1024
CANARY = b"zq-upload-canary"


def received(content: bytes) -> SealedUpload:
    handler = SealedUploadHandler()
    handler.new_file("file", "video.mp4", "video/mp4", len(content), None, {})
    for start in range(0, len(content), PIECE):
        handler.receive_data_chunk(content[start : start + PIECE], start)
    return handler.file_complete(len(content))


def descriptors() -> dict[int, str]:
    """What this process has open now, by number."""
    found = {}
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found[int(entry.name)] = str(entry.readlink())
        except FileNotFoundError:
            continue
    return found


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 5_000_000])
def test_what_came_in_is_given_on_as_often_as_asked(size: int) -> None:
    content = random.Random(size).randbytes(size)
    upload = received(content)
    for _ in range(2):
        assert b"".join(upload.chunks()) == content
    upload.close()


def test_no_plain_byte_of_it_is_on_the_disk_meanwhile() -> None:
    before = descriptors()
    upload = received(CANARY * 100_000)
    new = [number for number in descriptors() if number not in before]
    spooled = b"".join(Path(f"/proc/self/fd/{number}").read_bytes() for number in new)
    assert len(spooled) > len(CANARY) * 100_000
    assert CANARY not in spooled
    upload.close()


def test_a_large_file_comes_through_the_door_whole(office: Office) -> None:
    content = random.Random(1).randbytes(6_000_000)
    _, secret = make_token(office.alice, office.business, label="tests")
    client = Client(HTTP_HOST="localhost", headers={"Authorization": f"Bearer {secret}"})
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="v.mp4"\r\n\r\n'
    body = head + content + b"\r\n--x--\r\n"
    sent = client.generic(
        "POST", f"/api/v1/b/{office.number}/files", body, content_type="multipart/form-data; boundary=x"
    )
    assert sent.status_code == 201
    got = client.get(f"/api/v1/b/{office.number}/files/{sent.json()['value']['id']}")
    assert b"".join(got.streaming_content) == content  # type: ignore[attr-defined]
