"""All addresses. Each door lists its own in a module of its own; here is only the list of those modules."""

from __future__ import annotations

from django.urls import include, path

from opsystem.config.csp_reports import take_report
from opsystem.config.headers import CSP_REPORTS

DOORS = [
    "opsystem.web.accounts.urls",
]

urlpatterns = [
    path(CSP_REPORTS.removeprefix("/"), take_report, name="csp_reports"),
    *(path("", include(door)) for door in DOORS),
]
