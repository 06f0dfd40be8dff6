"""Whatever people, phones and systems call a file: it is taken, and comes back with its name and bytes."""

from __future__ import annotations

import json
import unicodedata
from urllib.parse import unquote_to_bytes

import pytest

from tests.paths.carriers import Visitor
from tests.paths.payloads import HARMLESS
from tests.paths.site import Answer

_DISPOSITION = b"filename*=UTF-8''"


def named(answer: Answer) -> str:
    """Return the name that a browser would save the file under."""
    _, _, coded = answer.header(b"content-disposition").partition(_DISPOSITION)
    return unquote_to_bytes(coded).decode()


@pytest.mark.parametrize("by", ["page", "api"])
def test_odd_names_that_harm_nobody_all_work(visitor: Visitor, by: str) -> None:
    target = {"page": f"/b/{visitor.number}/files/upload", "api": f"/api/v1/b/{visitor.number}/files"}[by]
    for number, name in enumerate(HARMLESS[0 if by == "page" else 1 :: 2]):
        content = f"{by} {number}".encode()
        sent = visitor.upload(target, name, content, x_upload="1")
        assert sent.status == {"page": 204, "api": 201}[by], (name, sent.status)
        listed = json.loads(visitor.api("POST", "/list_files", b"{}", content_type="application/json").body)[
            "value"
        ]["rows"]
        file = max(listed, key=lambda row: int(row["id"]))
        got = visitor.api("GET", f"/files/{file['id']}")
        assert got.status == 200
        assert got.body == content
        assert named(got) == file["name"]
        # Dots and blanks around it are dropped; what is nothing else, or is in code, gets a plain name.
        kept = unicodedata.normalize("NFC", name).strip(" .")
        if kept and "&#" not in name:
            assert file["name"] == kept
        assert file["name"]
