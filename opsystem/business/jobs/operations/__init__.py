"""What may be done about jobs: booking them, planning visits, doing the work, writing notes."""

from opsystem.business.jobs.operations.answering import fill_item, tick_item
from opsystem.business.jobs.operations.booking import book_job, cancel_job, complete_job, edit_job
from opsystem.business.jobs.operations.holding import hold_job, resume_job
from opsystem.business.jobs.operations.merging import merge_jobs
from opsystem.business.jobs.operations.notes import add_note
from opsystem.business.jobs.operations.planning import assign_visit, cancel_visit, move_visit, schedule_visit
from opsystem.business.jobs.operations.unbilled import skip_billing
from opsystem.business.jobs.operations.working import finish_visit, pause_visit, stamp_visit, start_visit

__all__ = [
    "add_note",
    "assign_visit",
    "book_job",
    "cancel_job",
    "cancel_visit",
    "complete_job",
    "edit_job",
    "fill_item",
    "finish_visit",
    "hold_job",
    "merge_jobs",
    "move_visit",
    "pause_visit",
    "resume_job",
    "schedule_visit",
    "skip_billing",
    "stamp_visit",
    "start_visit",
    "tick_item",
]
