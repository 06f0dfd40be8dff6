"""What may be asked across nouns."""

from opsystem.business.overview.client_filters import ArchiveFilter
from opsystem.business.overview.client_lists import ClientSort, list_clients
from opsystem.business.overview.client_pages import show_client
from opsystem.business.overview.job_pages import show_job

__all__ = ["ArchiveFilter", "ClientSort", "list_clients", "show_client", "show_job"]
