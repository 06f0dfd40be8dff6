"""Jobs and the visits they are done in. Every state is a dated fact with an author."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.clients.standing import Makes, Standing
from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule

CLIENT_OF_JOB = "(SELECT client_id FROM job WHERE id = {row}.job_id)"


class Job(Record):
    """A piece of work for a client."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_open", "completed_at", "cancelled_at"),
        table_options(
            client="{row}.client_id",
            standing=Makes(Standing.ACTIVE, "Job booked"),
            search=SearchRule(
                "job",
                "{row}.title",
                "{row}.notes || ' ' || (SELECT name FROM client WHERE id = {row}.client_id)",
                client="{row}.client_id",
            ),
        ),
    )
    kind: ClassVar[str] = "job"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"), index=True)
    # What sort of work it is; it says which checklist, skills and certificates belong to it.
    job_type_id: Mapped[int | None] = mapped_column(ForeignKey("job_type.id"), index=True)
    # The job this one puts right: its cost is counted there.
    original_job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    title: Mapped[str]
    notes: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    requested_at: Mapped[datetime | None]
    requested_by: Mapped[str | None]
    assessed_at: Mapped[datetime | None]
    assessed_by: Mapped[str | None]
    quoted_at: Mapped[datetime | None]
    quoted_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None]
    held_at: Mapped[datetime | None]
    held_by: Mapped[str | None]
    hold_reason: Mapped[str] = mapped_column(server_default="")
    invoiced_at: Mapped[datetime | None]
    invoiced_by: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    paid_by: Mapped[str | None]
    # Somebody said that nothing is billed for it.
    unbilled_at: Mapped[datetime | None]
    unbilled_by: Mapped[str | None]
    merged_at: Mapped[datetime | None]
    merged_by: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]

    @property
    def is_open(self) -> bool:
        """Whether there is still work to do."""
        return self.completed_at is None and self.cancelled_at is None and self.merged_at is None


class Visit(Record):
    """One appointment of a job: a stretch of time at the client's place. Times are UTC."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_time", "starts_at", "ends_at"),
        UniqueConstraint("series_id", "series_day"),
        # Answers "when does somebody come next for this job" without looking a row up.
        Index("ix_visit_job", "job_id", "cancelled_at", "finished_at", "starts_at", "ends_at"),
        table_options(client=CLIENT_OF_JOB),
    )
    kind: ClassVar[str] = "visit"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    # Where it was to be when it was planned: what is done keeps its place when its job moves.
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"), index=True)
    # The series it was made by, and the day in it that it stands for; neither for a visit of its own.
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    series_day: Mapped[date | None]
    # A look at the work before it is quoted.
    is_assessment: Mapped[bool] = mapped_column(server_default="0")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # What the client was told: somebody arrives between these; None where only the time itself was said.
    window_starts_at: Mapped[datetime | None]
    window_ends_at: Mapped[datetime | None]
    instructions: Mapped[str] = mapped_column(server_default="")
    on_way_at: Mapped[datetime | None]
    on_way_by: Mapped[str | None]
    started_at: Mapped[datetime | None]
    started_by: Mapped[str | None]
    paused_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finished_by: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]


class Assignment(Record):
    """Who goes to a visit."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("visit_id", "member_id"),
        # What a technician may see begins here: both columns, so that no row is looked up for it.
        Index("ix_assignment_member", "member_id", "visit_id"),
        table_options(
            client="(SELECT job.client_id FROM visit JOIN job ON job.id = visit.job_id"
            " WHERE visit.id = {row}.visit_id)"
        ),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


class Task(Record):
    """One line of the checklist of a job, or of one visit of it. What it wants to be told says `asks`."""

    __tablename__ = "task"
    __table_args__ = table_options(client=CLIENT_OF_JOB)

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    asks: Mapped[str] = mapped_column(server_default="tick")
    required: Mapped[bool] = mapped_column(server_default="0")
    unit: Mapped[str] = mapped_column(server_default="")
    # What a reading may be, in thousandths of its unit; None without such a limit.
    least_milli: Mapped[int | None]
    most_milli: Mapped[int | None]
    # What may be chosen, one a line.
    choices: Mapped[str] = mapped_column(server_default="")
    answer: Mapped[str] = mapped_column(server_default="")
    reading_milli: Mapped[int | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
