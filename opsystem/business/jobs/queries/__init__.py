"""What may be asked about jobs and visits. A job with everything around it is asked for in `overview`."""

from opsystem.business.jobs.queries.filters import StateFilter
from opsystem.business.jobs.queries.jobs import list_jobs
from opsystem.business.jobs.queries.visits import list_visits, show_visit

__all__ = ["StateFilter", "list_jobs", "list_visits", "show_visit"]
