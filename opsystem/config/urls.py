"""All addresses. Each door lists its own in a module of its own; here is only the list of those modules."""

from __future__ import annotations

from typing import Final

from django.urls import include, path

from opsystem.config.csp_reports import take_report
from opsystem.config.headers import CSP_REPORTS

DOORS: Final = [
    "opsystem.web.accounts.urls",
    "opsystem.web.urls",
    "opsystem.webhooks.urls",
    "opsystem.api.urls",
]

urlpatterns = [
    path(CSP_REPORTS.removeprefix("/"), take_report, name="csp_reports"),
    *(path("", include(door)) for door in DOORS),
]

handler400 = "opsystem.config.failures.bad_request"
handler403 = "opsystem.config.failures.not_allowed"
handler404 = "opsystem.config.failures.not_found"
handler429 = "opsystem.config.failures.too_often"  # asked for by allauth
handler500 = "opsystem.config.failures.fault"
