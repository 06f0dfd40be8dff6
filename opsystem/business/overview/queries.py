"""What may be asked across nouns."""

from opsystem.business.overview.ahead import list_expected, list_late_visits
from opsystem.business.overview.client_filters import ArchiveFilter
from opsystem.business.overview.client_lists import ClientSort, list_clients
from opsystem.business.overview.client_pages import show_client
from opsystem.business.overview.job_pages import show_job
from opsystem.business.overview.tiles import show_tiles

__all__ = [
    "ArchiveFilter",
    "ClientSort",
    "list_clients",
    "list_expected",
    "list_late_visits",
    "show_client",
    "show_job",
    "show_tiles",
]
