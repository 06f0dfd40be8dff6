"""What may be asked across nouns."""

from opsystem.business.overview.client_lists import ArchiveFilter, ClientSort, list_clients
from opsystem.business.overview.client_pages import show_client
from opsystem.business.overview.job_pages import show_job
from opsystem.business.overview.timeline import client_timeline

__all__ = ["ArchiveFilter", "ClientSort", "client_timeline", "list_clients", "show_client", "show_job"]
