"""Documents and photos: what they are; their bytes lie encrypted in the vault's file store."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class File(Record):
    """A file of a client or job. `media_type` is what its bytes were found to be, not what was claimed."""

    __tablename__ = "file"
    __table_args__ = table_options(
        client="{row}.client_id",
        search=SearchRule(
            "file",
            "{row}.name",
            "{row}.caption || ' ' || {row}.folder || ' ' || {row}.words",
            client="{row}.client_id",
            where="{row}.removed_at IS NULL",
        ),
    )
    kind: ClassVar[str] = "file"

    content_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    is_photo: Mapped[bool]
    caption: Mapped[str] = mapped_column(server_default="")
    folder: Mapped[str] = mapped_column(server_default="")
    # When a camera says it was taken.
    taken_at: Mapped[datetime | None]
    # The photo of before that this one, of after, belongs to.
    before_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    # Arrows, boxes and words laid over it, as JSON; the original is never touched.
    marks: Mapped[str] = mapped_column(server_default="[]")
    # The words found inside, for search.
    words: Mapped[str] = mapped_column(Text, server_default="", deferred=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(index=True)
    added_by: Mapped[str]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]


class Preview(Record):
    """What is made from a file to look at: re-encoded, without the original's metadata.

    Made by the worker; `due_at` is None once it is made or cannot be made (`problem`).
    """

    __tablename__ = "preview"
    __table_args__ = table_options(journal=False, why="made from the file and made anew at any time")

    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), unique=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(server_default="0")
    small_id: Mapped[str | None]
    large_id: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    problem: Mapped[str | None]


class Upload(Record):
    """A file on its way in, part by part, so that a cut line costs one part and not the file."""

    __tablename__ = "upload"
    __table_args__ = table_options(journal=False, local=True, why="a file on its way in")

    key: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str]
    size: Mapped[int]
    received: Mapped[int] = mapped_column(server_default="0")
    begun_at: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None]


class UploadPart(Record):
    """A piece of such a file, from byte `at` on."""

    __tablename__ = "upload_part"
    __table_args__ = (
        UniqueConstraint("upload_id", "at"),
        table_options(journal=False, local=True, why="a file on its way in"),
    )

    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"))
    at: Mapped[int]
    content_id: Mapped[str]
