"""More of Gulf Plumbing for promises about operations: who may do what, and work that waits."""

from __future__ import annotations

from opsystem.business.certificates.operations import add_certificate
from opsystem.business.checklists.operations import add_checklist
from opsystem.business.jobs.operations import book_job, hold_job
from opsystem.business.jobtypes.operations import add_job_type
from opsystem.business.skills.operations import set_skills
from opsystem.vault import Vault
from tests.business.opening import ALICE


def with_crew(vault: Vault) -> None:
    """Add a job on hold with a reading to give (J-5), a skill, a licence and a job type."""
    reading = {"text": "Water pressure", "asks": "reading", "unit": "psi", "least": 40, "most": 80}
    add_checklist.perform(vault, ALICE, {"name": "Pressure", "items": [reading]})
    book_job.perform(vault, ALICE, {"client": "C-1", "title": "Hidden repipe", "checklist": "K-2"})
    hold_job.perform(vault, ALICE, {"job": "J-5", "reason": "Waiting for the part"})
    set_skills.perform(vault, ALICE, {"member": "U-2", "skills": ["Gas lines"]})
    add_certificate.perform(vault, ALICE, {"name": "Licence", "member": "U-1", "expires_on": "2031-05-01"})
    add_job_type.perform(vault, ALICE, {"name": "Heater", "minutes": 120, "skills": ["Gas lines"]})
