"""What is told about files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FileRow:
    """One file as lists and pages show it. `size` in bytes.

    `preview` says how far the preview is: ready, coming, none, or failed (then `problem` says why).
    """

    ref: str
    id: int
    name: str
    media_type: str
    size: int
    is_photo: bool
    caption: str
    client: str | None
    client_name: str | None
    job: str | None
    job_title: str | None
    added_at: datetime
    added_by: str
    preview: str
    width: int | None = None
    height: int | None = None
    problem: str | None = None


@dataclass(frozen=True)
class FileDetail(FileRow):
    """One file with where its bytes lie: `content_id` is for `vault.files.open`.

    `inline` says whether a browser may show the original as `serve_as`; else it is only saved.
    `small_id` and `large_id` are the preview's JPEG pictures, 320 and 1600 pixels on the long side.
    """

    content_id: str = ""
    serve_as: str = ""
    inline: bool = False
    small_id: str | None = None
    large_id: str | None = None


@dataclass(frozen=True)
class FileContent:
    """Where the bytes of a file lie and how they may be served.

    `content_id` is for `vault.files.open`. Only when `inline` is true may a browser show it; else it
    is offered for saving under `name`.
    """

    content_id: str
    media_type: str
    inline: bool
    name: str
    size: int
