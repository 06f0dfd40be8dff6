"""What is told about files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field


class MarkKind(StrEnum):
    """What is drawn on a photo."""

    ARROW = "arrow"
    BOX = "box"
    TEXT = "text"


@dataclass(frozen=True)
class Mark:
    """One thing drawn on a photo. Places are thousandths of its width and height; words are for texts."""

    kind: MarkKind
    x: Annotated[int, Field(ge=0, le=1000)]
    y: Annotated[int, Field(ge=0, le=1000)]
    to_x: Annotated[int, Field(ge=0, le=1000)] = 0
    to_y: Annotated[int, Field(ge=0, le=1000)] = 0
    words: Annotated[str, Field(max_length=80)] = ""


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
    folder: str = ""
    taken_at: datetime | None = None
    before: str | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class FileDetail(FileRow):
    """One file with where its bytes lie: `content_id` is for `vault.files.open`.

    `excerpt` is the beginning of the words found inside.

    `inline` says whether a browser may show the original as `serve_as`; else it is only saved.
    `small_id` and `large_id` are the preview's JPEG pictures, 320 and 1600 pixels on the long side.
    """

    content_id: str = ""
    serve_as: str = ""
    inline: bool = False
    small_id: str | None = None
    large_id: str | None = None
    excerpt: str = ""


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


@dataclass(frozen=True)
class FolderRow:
    """A folder, and how many files are in it; the one without a name holds what is in none."""

    name: str
    count: int


@dataclass(frozen=True)
class Neighbours:
    """The files before and after one among those of its job, else of its client."""

    newer: str | None
    older: str | None
