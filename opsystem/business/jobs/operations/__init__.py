"""What may be done about jobs: booking them, planning visits, doing the work, writing notes."""

from opsystem.business.jobs.operations.booking import book_job, cancel_job, complete_job, edit_job
from opsystem.business.jobs.operations.notes import add_note
from opsystem.business.jobs.operations.planning import assign_visit, cancel_visit, move_visit, schedule_visit
from opsystem.business.jobs.operations.working import finish_visit, start_visit, tick_item

__all__ = [
    "add_note",
    "assign_visit",
    "book_job",
    "cancel_job",
    "cancel_visit",
    "complete_job",
    "edit_job",
    "finish_visit",
    "move_visit",
    "schedule_visit",
    "start_visit",
    "tick_item",
]
