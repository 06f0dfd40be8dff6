"""More of Gulf Plumbing for promises about operations: who may do what, and work that waits."""

from __future__ import annotations

from opsystem.business.certificates.operations import add_certificate
from opsystem.business.checklists.operations import add_checklist
from opsystem.business.intake.operations import add_request
from opsystem.business.jobs.operations import book_job, hold_job
from opsystem.business.jobtypes.operations import add_job_type
from opsystem.business.outside.operations import make_calendar_link, share_job
from opsystem.business.recurring.operations import pause_series, repeat_job
from opsystem.business.skills.operations import set_skills
from opsystem.business.timesheets.operations import add_time
from opsystem.kit import clock
from opsystem.vault import Vault
from tests.business.opening import ALICE

WEEKLY = {"first_day": f"{clock.now():%Y-%m-%d}", "at_time": "09:00", "members": ["U-2"]}


def with_crew(vault: Vault) -> None:
    """Add a job on hold with a reading to give (J-5), skill, licence, job type, hours, requests, a series."""
    reading = {"text": "Water pressure", "asks": "reading", "unit": "psi", "least": 40, "most": 80}
    add_checklist.perform(vault, ALICE, {"name": "Pressure", "items": [reading]})
    book_job.perform(vault, ALICE, {"client": "C-1", "title": "Hidden repipe", "checklist": "K-2"})
    hold_job.perform(vault, ALICE, {"job": "J-5", "reason": "Waiting for the part"})
    set_skills.perform(vault, ALICE, {"member": "U-2", "skills": ["Gas lines"]})
    add_certificate.perform(vault, ALICE, {"name": "Licence", "member": "U-1", "expires_on": "2031-05-01"})
    begins = {"starts_at": "2026-11-02T09:00", "ends_at": "2026-11-02T11:00"}
    add_time.perform(vault, ALICE, {**begins, "member": "U-2", "job": "J-1"})
    add_request.perform(vault, ALICE, {"title": "Leak", "client": "C-1", "wished": "Mornings"})
    repeat_job.perform(vault, ALICE, {**WEEKLY, "job": "J-3"})
    repeat_job.perform(vault, ALICE, {**WEEKLY, "job": "J-2"})
    pause_series.perform(vault, ALICE, {"series": "W-2", "since": "2026-01-01"})
    make_calendar_link.perform(vault, ALICE, {})
    share_job.perform(vault, ALICE, {"job": "J-1", "name": "Sub"})
    add_job_type.perform(vault, ALICE, {"name": "Heater", "minutes": 120, "skills": ["Gas lines"]})
